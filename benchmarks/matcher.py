"""Measures the matcher and its peers, side by side in one run, and writes docs/matcher.md.

`python benchmarks/matcher.py --data DIR` reads DIR/clinc150 (or FOOTNOTE_BENCH_DATA names DIR).
Our answers come from the public command line; every matcher runs in a process of its own. Tables
and plots go into the docs, unless the run is a partial one or has --no-docs; `--json` prints one
JSON object as the last line. It needs the extra `benchmarks`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # `python benchmarks/NAME.py` puts benchmarks/ there alone
    sys.path.insert(0, str(ROOT))

from matcher_measure import EVENTS, Bench, Figures, Measured  # noqa: E402
from matcher_peers import ENGINE, PEERS  # noqa: E402
from matcher_report import as_json, as_text, tables  # noqa: E402
from matcher_run import NotThereError  # noqa: E402

NEEDED = ("psutil", "matplotlib")  # without the others, their peers are left out
SETS = ("full", "small", *EVENTS, "sizes")
PEER_NAMES = tuple(name for name in PEERS if name != ENGINE)
DOCS = ROOT / "docs" / "matcher.md"


def main() -> int:
    arguments = _arguments()
    data = arguments.data or os.environ.get("FOOTNOTE_BENCH_DATA")
    if not data or not (Path(data) / "clinc150").is_dir():
        print("matcher: no data; --data DIR names the folder of clinc150/", file=sys.stderr)
        return 2
    if missing := [name for name in NEEDED if find_spec(name) is None]:
        print(f"matcher: no {', '.join(missing)}; install the extra `benchmarks`", file=sys.stderr)
        return 2
    try:
        with tempfile.TemporaryDirectory() as name:
            bench = Bench(Path(data), Path(name), _tell)
            measured = measure(bench, arguments.sets, arguments.peers)
    except NotThereError as broken:
        print(f"matcher: footnote does not answer: {broken}", file=sys.stderr)
        return 2
    print(as_text(measured))
    whole = set(arguments.sets) == set(SETS) and set(arguments.peers) == set(PEER_NAMES)
    if whole and not arguments.no_docs:
        from matcher_plots import draw  # noqa: PLC0415 - only here matplotlib is wanted

        draw(measured, DOCS.parent)
        _write_between_markers(DOCS, tables(measured))
    if arguments.json:
        print(json.dumps(as_json(measured)))
    return 0


def measure(bench: Bench, sets: list[str], peers: list[str]) -> Measured:
    """Ours first, then each of the peers, on every set."""
    measured = Measured({}, {}, {}, {})
    for name in sets:
        if name == "sizes":
            measured.sizes.update(bench.sizes())
            continue
        found: dict[str, Figures] = {"footnote": bench.ours(name)}
        for peer in peers:
            try:
                found[peer] = bench.peer(name, peer)
            except NotThereError as missing:
                measured.skipped[peer] = str(missing)
        measured.sets[name] = found
    if "shipped" in sets:
        measured.evaluated.update(bench.evaluated())
    return measured


def _write_between_markers(path: Path, text: str) -> None:
    """Replaces what stands between `<!-- measured -->` and `<!-- /measured -->`."""
    before, _, rest = path.read_text("utf-8").partition("<!-- measured -->")
    _, _, after = rest.partition("<!-- /measured -->")
    path.write_text(
        f"{before}<!-- measured -->\n{text}\n<!-- /measured -->{after}", encoding="utf-8"
    )


def _tell(step: str) -> None:
    print(step, file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", metavar="DIR", help="else FOOTNOTE_BENCH_DATA")
    parser.add_argument("--sets", nargs="*", choices=SETS, default=list(SETS))
    parser.add_argument("--peers", nargs="*", choices=PEER_NAMES, default=list(PEER_NAMES))
    parser.add_argument("--no-docs", action="store_true", help="leave docs/matcher.md alone")
    parser.add_argument("--json", action="store_true", help="one JSON object as the last line")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
