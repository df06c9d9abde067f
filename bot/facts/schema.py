"""The JSON Schema of a fact base's files, made from the loader's own tables.

`python -m bot.facts.schema` prints it; config/fact-base.schema.json holds it for editors.
"""

from __future__ import annotations

import json
import re
import sys
from typing import Any

from bot.facts.fields import (
    TOP,
    Choice,
    Date,
    Field,
    Id,
    Language,
    LineSpan,
    Many,
    Number,
    Record,
    Ref,
    Shape,
    Text,
    Url,
)
from bot.facts.traps import ID, ISO_DATE, LANGUAGE, URL

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schema() -> Schema:
    """The schema of one file: every top-level key may be there, `event` in one file of a base."""
    definitions: dict[str, Schema] = {}
    properties = _properties(TOP, definitions)
    return {
        "$schema": DIALECT,
        "title": "A fact base of Footnote",
        "description": "Facts about one event, with their sources and quotes.",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text() -> str:
    """The schema as it is checked in."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _properties(fields: tuple[Field, ...], definitions: dict[str, Schema]) -> dict[str, Schema]:
    return {
        field.key: {"description": field.help} | _of(field.shape, definitions) for field in fields
    }


def _of(shape: Shape, definitions: dict[str, Schema]) -> Schema:
    match shape:
        case Text():
            return {"type": "string", "pattern": r"\S"}
        case Id() | Ref():
            return {"type": "string", "pattern": _whole(ID)}
        case Choice(words=words):
            return {"enum": list(words)}
        case Date(iso=True):
            return {"type": ["string", "integer"], "pattern": _whole(ISO_DATE)}  # 2018 is a number
        case Date():
            return {"type": ["string", "integer"], "pattern": r"\S"}
        case Language():
            return {"type": "string", "pattern": _whole(LANGUAGE)}
        case Url():
            return {"type": "string", "pattern": _whole(URL)}
        case Number():
            return {"type": "integer", "minimum": 1}
        case LineSpan():
            return _list({"type": "integer", "minimum": 1}, 2) | {"maxItems": 2}
        case Many(item=item, least=least, bare=bare):
            inner = _of(item, definitions)
            return {"anyOf": [inner, _list(inner, least)]} if bare else _list(inner, least)
        case Record():
            return _record(shape, definitions)


def _list(items: Schema, least: int) -> Schema:
    found: Schema = {"type": "array", "items": items}
    return found | {"minItems": least} if least else found


def _record(record: Record, definitions: dict[str, Schema]) -> Schema:
    if record.name not in definitions:
        definitions[record.name] = {
            "type": "object",
            "additionalProperties": False,
            "required": [field.key for field in record.fields if field.required],
            "properties": _properties(record.fields, definitions),
        }
    reference: Schema = {"$ref": f"#/$defs/{record.name}"}
    if not record.short:
        return reference
    alone = next(field for field in record.fields if field.key == record.short)
    return {"anyOf": [_of(alone.shape, definitions), reference]}


def _whole(pattern: re.Pattern[str]) -> str:
    """The pattern as JSON Schema wants it, which searches: anchored at both ends."""
    return f"^(?:{pattern.pattern})$"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
