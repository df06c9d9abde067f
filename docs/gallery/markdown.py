"""Discord's markdown as HTML: the part of it that the bot uses, and escapes."""

from __future__ import annotations

import html
import re

_INLINE = re.compile(
    r"\\(?P<escaped>[^\w\s])"
    r"|\*\*(?P<bold>.+?)\*\*"
    r"|\[(?P<text>(?:\\.|[^\]])+)\]\(<(?P<url>[^>]+)>\)"
    r"|(?P<link>https?://\S+)"
)


def as_html(text: str) -> str:
    """A message's content, block by block."""
    blocks: list[str] = []
    lines = iter(text.split("\n"))
    for line in lines:
        if line.startswith("```"):
            code = []
            for inner in lines:
                if inner.startswith("```"):
                    break
                code.append(html.escape(inner))
            blocks.append("<pre>" + "\n".join(code) + "</pre>")
        else:
            blocks.append(_line(line))
    return "".join(blocks).replace("</blockquote><blockquote>", "<br>")


def _line(line: str) -> str:
    if line.startswith("> "):
        return f"<blockquote>{_inline(line[2:])}</blockquote>"
    if line.startswith("-# "):
        return f"<small>{_inline(line[3:])}</small>"
    if line.startswith("- "):
        return f"<li>{_inline(line[2:])}</li>"
    return f"<p>{_inline(line)}</p>" if line else ""


def _inline(text: str) -> str:
    done, at = [], 0
    for match in _INLINE.finditer(text):
        done.append(html.escape(text[at : match.start()]))
        at = match.end()
        if match["escaped"]:
            done.append(html.escape(match["escaped"]))
        elif match["bold"]:
            done.append(f"<b>{_inline(match['bold'])}</b>")
        elif match["text"]:
            done.append(f"<a>{_inline(match['text'])}</a>")
        else:
            done.append("<a>#general › message</a>")  # as Discord shows a link to a message
    return "".join([*done, html.escape(text[at:])])
