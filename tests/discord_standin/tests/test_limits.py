"""Each documented limit is kept at its edge and refused one past it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.discord_standin import ApiError
from tests.discord_standin.commands import check_commands
from tests.discord_standin.limits import check_choices, check_message, check_modal

Json = dict[str, Any]


def button(n: int = 0, label: str = "x", custom_id: str | None = None) -> Json:
    return {"type": 2, "style": 1, "label": label, "custom_id": custom_id or f"id{n}"}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def buttons(count: int) -> Json:
    return {"components": [row(*(button(n) for n in range(count)))]}


def rows(count: int) -> Json:
    return {"components": [row(button(n)) for n in range(count)]}


def embeds(*lengths: int) -> Json:
    return {"embeds": [{"description": "x" * n} for n in lengths]}


def fields(count: int) -> Json:
    return {"embeds": [{"fields": [{"name": "n", "value": "v"}] * count}]}


def select(count: int) -> Json:
    options = [{"label": "x", "value": str(n)} for n in range(count)]
    return {"components": [row({"type": 3, "custom_id": "s", "options": options})]}


def texts(length: int) -> Json:
    return {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * length}]}


def many(count: int) -> Json:
    return {"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * count}


@pytest.mark.parametrize(
    ("make", "edge"),
    [
        (lambda n: {"content": "x" * n}, 2000),
        (lambda n: {"components": [row(button(label="x" * n))]}, 80),
        (lambda n: {"components": [row(button(custom_id="x" * n))]}, 100),
        (buttons, 5),
        (rows, 5),
        (select, 25),
        (embeds, 4096),
        (lambda n: embeds(4000, n), 2000),
        (lambda n: {"embeds": [{"title": "x" * n}]}, 256),
        (fields, 25),
        (lambda n: {"embeds": [{"title": "x"}] * n}, 10),
        (texts, 4000),
        (many, 40),
    ],
)
def test_messages(make: Callable[[int], Json], edge: int) -> None:
    check_message(make(edge))
    with pytest.raises(ApiError) as refused:
        check_message(make(edge + 1))
    assert refused.value.code == 50035
    assert refused.value.errors


def modal(title: int = 1, count: int = 1) -> Json:
    field = {"type": 4, "label": "x"}
    rows = [row(field | {"custom_id": f"id{n}"}) for n in range(count)]
    return {"title": "x" * title, "custom_id": "form", "components": rows}


@pytest.mark.parametrize(
    ("make", "edge"), [(lambda n: modal(title=n), 45), (lambda n: modal(count=n), 5)]
)
def test_modals(make: Callable[[int], Json], edge: int) -> None:
    check_modal(make(edge))
    with pytest.raises(ApiError):
        check_modal(make(edge + 1))


@pytest.mark.parametrize(
    ("make", "edge"),
    [
        (lambda n: [{"name": "x", "value": "x"}] * n, 25),
        (lambda n: [{"name": "x" * n, "value": "x"}], 100),
        (lambda n: [{"name": "x", "value": "x" * n}], 100),
    ],
)
def test_choices(make: Callable[[int], list[Json]], edge: int) -> None:
    check_choices({"choices": make(edge)})
    with pytest.raises(ApiError):
        check_choices({"choices": make(edge + 1)})


@pytest.mark.parametrize(
    "command",
    [
        {"name": "Upper", "description": "x"},
        {"name": "two words", "description": "x"},
        {"name": "x" * 33, "description": "x"},
        {"name": "x", "description": ""},
        {"name": "x", "description": "x" * 101},
        {"name": "x", "type": 3, "description": "none allowed"},
        {
            "name": "x",
            "description": "x",
            "options": [
                {"name": "a", "description": "x"},
                {"name": "b", "description": "x", "required": True},
            ],
        },
    ],
)
def test_commands_that_discord_refuses(command: Json) -> None:
    with pytest.raises(ApiError):
        check_commands([command])


def test_an_empty_message_and_a_private_one_outside_an_interaction_are_refused() -> None:
    with pytest.raises(ApiError) as empty:
        check_message({"content": ""})
    assert empty.value.code == 50006
    with pytest.raises(ApiError):
        check_message({"content": "x", "flags": 64})
    check_message({"content": "x", "flags": 64}, interaction=True)


def test_the_same_custom_id_twice_is_refused() -> None:
    with pytest.raises(ApiError):
        check_message({"components": [row(button(1), button(1))]})
