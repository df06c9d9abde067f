"""Messages as a page in Discord's manner: columns as wide as a phone or a desktop's channel."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

from markdown import as_html

Json = dict[str, Any]
STYLES = {1: "main", 2: "plain", 4: "danger"}

CSS = """
* { box-sizing: border-box; margin: 0; }
body { font: 16px/1.375 "Noto Sans", "DejaVu Sans", sans-serif; display: flex; gap: 12px;
  background: #777; width: max-content; }
.column { padding: 12px; }
.phone { width: 390px; } .desktop { width: 860px; }
.dark { background: #313338; color: #dbdee1; --soft: #949ba4; --line: #4e5058; --key: #4e5058;
  --link: #00a8fc; --code: #2b2d31; --name: #f2f3f5; --keytext: #fff; }
.light { background: #fff; color: #313338; --soft: #5c5e66; --line: #c4c9ce; --key: #e3e5e8;
  --link: #006ce7; --code: #f2f3f5; --name: #060607; --keytext: #313338; }
h2 { font-size: 12px; letter-spacing: .02em; text-transform: uppercase; color: var(--soft);
  border-top: 1px solid var(--line); padding-top: 8px; margin: 16px 0 8px; }
h2:first-child { border: 0; margin-top: 0; }
.message { display: grid; grid-template-columns: 40px minmax(0, 1fr); gap: 0 12px; margin: 8px 0; }
.face { width: 40px; height: 40px; border-radius: 50%; background: #5865f2; color: #fff;
  display: grid; place-items: center; font-weight: 600; }
.face.person { background: #3ba55c; }
.name { font-weight: 600; color: var(--name); }
.app { background: #5865f2; color: #fff; font-size: 10px; border-radius: 3px; padding: 1px 4px; }
.reply, .only { grid-column: 2; font-size: 13px; color: var(--soft); white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; }
.body { overflow-wrap: anywhere; }
blockquote { border-left: 4px solid var(--line); padding-left: 10px; border-radius: 2px; }
small { display: block; font-size: 13px; color: var(--soft); }
a { color: var(--link); }
li { margin-left: 20px; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 4px; padding: 7px;
  font: 13px/1.3 "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px; }
.key { background: var(--key); color: var(--keytext); border-radius: 8px; padding: 5px 14px;
  font-size: 14px; font-weight: 500; }
.key.main { background: #5865f2; color: #fff; } .key.danger { background: #da373c; color: #fff; }
.menu { background: var(--code); border: 1px solid var(--line); border-radius: 4px; width: 100%;
  padding: 8px 12px; color: var(--soft); display: flex; justify-content: space-between; }
.file { border: 1px solid var(--line); border-radius: 8px; padding: 8px 12px; margin-top: 6px; }
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as somebody sees it; `private`: they alone do; `to`: what it replies to."""

    author: str
    payload: Json
    bot: bool = False
    private: bool = False
    to: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """Some messages under a heading."""

    title: str
    messages: tuple[Shown, ...]


def page(scenes: list[Scene], columns: list[str]) -> str:
    """The scenes, once for each column: the classes of one, such as `phone dark`."""
    drawn = "\n".join(_scene(scene) for scene in scenes)
    bodies = "\n".join(f'<div class="column {kind}">\n{drawn}\n</div>' for kind in columns)
    head = f'<meta charset="utf-8"><title>Footnote on Discord</title><style>{CSS}</style>'
    return f"<!doctype html><html lang=en><head>{head}</head><body>\n{bodies}\n</body></html>\n"


def _scene(scene: Scene) -> str:
    return f"<h2>{html.escape(scene.title)}</h2>\n" + "\n".join(map(_message, scene.messages))


def _message(shown: Shown) -> str:
    face = "F" if shown.bot else shown.author[0].upper()
    badge = ' <span class="app">APP</span>' if shown.bot else ""
    reply = f'<div class="reply">↱ {html.escape(shown.to)}</div>' if shown.to else ""
    only = '<div class="only">👁 Only you can see this</div>' if shown.private else ""
    rows = "".join(_row(row) for row in shown.payload.get("components", []))
    files = "".join(
        f'<div class="file">📄 <a>{html.escape(file["filename"])}</a></div>'
        for file in shown.payload.get("attachments", [])
    )
    kind = "bot" if shown.bot else "person"
    body = as_html(shown.payload["content"]) + files + rows
    return (
        f'<div class="message">{reply}<div class="face {kind}">{face}</div>'
        f'<div class="body"><span class="name">{html.escape(shown.author)}</span>{badge}'
        f"{body}</div>{only}</div>"
    )


def _row(row: Json) -> str:
    return '<div class="row">' + "".join(map(_component, row["components"])) + "</div>"


def _component(component: Json) -> str:
    if component["type"] == 2:
        style = STYLES.get(component["style"], "plain")
        return f'<span class="key {style}">{html.escape(component["label"])}</span>'
    placeholder = html.escape(component.get("placeholder") or "")
    return f'<span class="menu">{placeholder}<span>⌄</span></span>'
