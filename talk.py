"""talk.py: reads blocks of lines from stdin; each block (blank line between) is one conversation. Prints replies.
usage: python talk.py [KNOWLEDGE_DIR] < file"""
import json, subprocess, sys, os
here = os.path.dirname(os.path.abspath(__file__))
kn = sys.argv[1:2]
blocks = [b.splitlines() for b in sys.stdin.read().split("\n\n") if b.strip()]
lines, said = [], []
for i, b in enumerate(blocks):
    for l in b:
        if l.strip():
            lines.append(json.dumps({"question": l, "conversation": f"c{i}"})); said.append((i, l))
cmd = [os.path.join(here, ".venv/bin/python"), "-m", "bot", "ask", "--batch"] + (["--knowledge", kn[0]] if kn else [])
out = subprocess.run(cmd, input="\n".join(lines) + "\n", capture_output=True, text=True, cwd=here)
if out.returncode: print(out.stderr)
last = None
for (i, l), r in zip(said, out.stdout.splitlines()):
    r = json.loads(r)
    if last is not None and i != last: print("-" * 60)
    last = i
    print(f"> {l}")
    f = r.get("facts") or r.get("fact_ids") or r.get("fact_id")
    print(f"  [{r.get('outcome') or r.get('status')} {r.get('confidence')} {f}]")
    print("  " + (r.get("text") or r.get("plain") or json.dumps(r)).replace("\n", "\n  "))
