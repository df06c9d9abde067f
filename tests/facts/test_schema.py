"""The JSON Schema is current, is made of the model's own types, and accepts what loads."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.facts.fields import TOP, Many, Record, Shape
from bot.facts.model import Base
from bot.facts.schema import schema, schema_text
from tests.facts.test_base import WHOLE
from tests.facts.test_mistakes import MISTAKES

ROOT = Path(__file__).resolve().parents[2]
CHECKED_IN = ROOT / "config" / "fact-base.schema.json"
SHIPPED = sorted((ROOT / "knowledge").rglob("*.yaml"))
FILLED_IN = {"verified", "hash", "article"}  # by loading, or from what the answers say

# An editor's YAML is 1.2, where a date and `no` are text.
IMPLICIT_IN_EDITORS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:null")


class EditorLoader(yaml.CSafeLoader):
    """Reads as an editor does."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if tag in IMPLICIT_IN_EDITORS]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _records(shape: Shape) -> Iterator[Record]:
    if isinstance(shape, Many):
        yield from _records(shape.item)
    elif isinstance(shape, Record):
        yield shape
        for field in shape.fields:
            yield from _records(field.shape)


RECORDS = {record.name: record for top in TOP for record in _records(top.shape)}


def _errors(text: str) -> list[str]:
    content: Any = yaml.load(text, EditorLoader)  # noqa: S506 - a SafeLoader
    return [error.message for error in Draft202012Validator(schema()).iter_errors(content)]


def test_the_checked_in_schema_is_current() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.facts.schema"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
    )
    assert CHECKED_IN.read_text(encoding="utf-8") == done.stdout == schema_text()


def test_the_schema_is_valid_itself() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", RECORDS)
def test_each_field_of_the_model_is_in_the_format_and_no_other(name: str) -> None:
    record = RECORDS[name]
    in_model = {field.name: field for field in fields(record.model)}
    in_format = {field.target: field for field in record.fields}
    assert set(in_format) == set(in_model) - FILLED_IN
    for field_name, field in in_format.items():
        needed = in_model[field_name].default is MISSING
        assert field.required or field.later or not needed


def test_each_section_of_the_model_is_in_the_format_and_no_other() -> None:
    assert {top.key for top in TOP} == {field.name for field in fields(Base)} - FILLED_IN


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_base_is_valid(path: Path) -> None:
    assert _errors(path.read_text(encoding="utf-8")) == []


def test_a_base_with_every_field_is_valid() -> None:
    assert _errors(WHOLE) == []


@pytest.mark.parametrize(
    "title",
    [
        "an unknown key at the top",
        "an unknown key of a fact",
        "an event that is a list",
        "facts that are a mapping",
        "a fact that is text",
        "no answer and no questions",
        "an empty answer",
        "an answer of blanks",
        "no question in the list",
        "an id with capitals",
        "an id too long",
        "a list where text is wanted",
        "text where a list is wanted",
        "text where a number is wanted",
        "a quoted number",
        "a paragraph zero",
        "an unknown status",
        "an unknown kind",
        "a body of one line",
        "a date in words",
        "an address that is none",
        "a synonym alone",
        "a number",
        "null",
    ],
)
def test_what_the_loader_refuses_for_its_shape_the_schema_refuses_too(title: str) -> None:
    wrong, _ = MISTAKES[title]
    assert _errors(wrong) != []
