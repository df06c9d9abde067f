"""Discord's documented limits on messages, components and modals; broken ones are error 50035."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .errors import ApiError, Faults, Json, empty_message
from .payloads import COMPONENTS_V2, EPHEMERAL

FILE_BYTES = 10 * 1024 * 1024
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, SECTION, TEXT_DISPLAY = 1, 2, 3, 4, 9, 10
CONTAINER, LABEL = 17, 18
LINK, PREMIUM = 5, 6
EMBED_TEXTS = {"title": 256, "description": 4096}


def check_message(body: Json, *, interaction: bool = False, edit: bool = False) -> None:
    """Refuse a message body that Discord would refuse. Raises ApiError."""
    faults = Faults()
    flags = body.get("flags") or 0
    if flags & EPHEMERAL and not interaction:
        faults.add("flags", "MESSAGE_FLAGS_INVALID", "Ephemeral is for interactions alone.")
    faults.length("content", body.get("content") or "", 0, 2000)
    _check_embeds(faults, body.get("embeds") or [])
    _check_mentions(faults, body.get("allowed_mentions"))
    components: list[Json] = body.get("components") or []
    if flags & COMPONENTS_V2:
        _check_v2(faults, body, components)
    else:
        _check_rows(faults, components)
    for name, data in body.get("_files", {}).items():
        if len(data) > FILE_BYTES:
            raise ApiError(413, 40005, f"Request entity too large: {name}")
    faults.refuse()
    told = ("content", "embeds", "components", "_files", "sticker_ids", "poll")
    if not edit and not any(body.get(key) for key in told):
        raise empty_message()


def _check_embeds(faults: Faults, embeds: list[Json]) -> None:
    faults.count("embeds", embeds, 10)
    total = 0
    for n, embed in enumerate(embeds):
        at = f"embeds.{n}"
        texts: list[tuple[str, Any, int]] = [
            (f"{at}.{key}", embed[key], most) for key, most in EMBED_TEXTS.items() if embed.get(key)
        ]
        if embed.get("footer"):
            texts.append((f"{at}.footer.text", embed["footer"]["text"], 2048))
        if embed.get("author"):
            texts.append((f"{at}.author.name", embed["author"]["name"], 256))
        fields: list[Json] = embed.get("fields") or []
        faults.count(f"{at}.fields", fields, 25)
        for m, field in enumerate(fields):
            for key, most in (("name", 256), ("value", 1024)):
                faults.length(f"{at}.fields.{m}.{key}", field.get(key, ""), 1, most)
                total += len(field.get(key, ""))
        for path, text, most in texts:
            faults.length(path, text, 0, most)
            total += len(str(text))
    if total > 6000:
        message = "Embed size exceeds maximum size of 6000"
        faults.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", message)


def _check_mentions(faults: Faults, allowed: Json | None) -> None:
    if allowed is None:
        return
    for kind in ("users", "roles"):
        if kind in allowed.get("parse", []) and allowed.get(kind):
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            faults.add("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


def _check_rows(faults: Faults, rows: list[Json]) -> None:
    faults.count("components", rows, 5)
    for n, row in enumerate(rows):
        if row.get("type") != ROW:
            faults.add(f"components.{n}.type", "UNION_TYPE_CHOICES", "Value must be one of (1,).")
            continue
        _check_row(faults, f"components.{n}", row)
    _check_ids(faults, rows)


def _check_row(faults: Faults, at: str, row: Json) -> None:
    inside: list[Json] = row.get("components") or []
    faults.count(f"{at}.components", inside, 5, least=1)
    selects = [c for c in inside if c.get("type") != BUTTON]
    if selects and len(inside) > 1:
        faults.add(f"{at}.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The row is too wide.")
    for m, component in enumerate(inside):
        _check_component(faults, f"{at}.components.{m}", component)


def _check_component(faults: Faults, at: str, component: Json) -> None:
    if component.get("type") == BUTTON:
        if component.get("style") == LINK:
            faults.length(f"{at}.url", component.get("url"), 1, 512)
            if "custom_id" in component:
                faults.add(at, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "Not both.")
        elif component.get("style") != PREMIUM:
            faults.length(f"{at}.custom_id", component.get("custom_id"), 1, 100)
        faults.length(f"{at}.label", component.get("label") or "", 0, 80)
        if not component.get("label") and not component.get("emoji"):
            faults.add(at, "BUTTON_COMPONENT_LABEL_REQUIRED", "A label or an emoji is required.")
        return
    faults.length(f"{at}.custom_id", component.get("custom_id"), 1, 100)
    faults.length(f"{at}.placeholder", component.get("placeholder") or "", 0, 150)
    if component.get("type") != STRING_SELECT:
        return
    options: list[Json] = component.get("options") or []
    faults.count(f"{at}.options", options, 25, least=1)
    for k, option in enumerate(options):
        faults.length(f"{at}.options.{k}.label", option.get("label"), 1, 100)
        faults.length(f"{at}.options.{k}.value", option.get("value"), 1, 100)
        faults.length(f"{at}.options.{k}.description", option.get("description") or "", 0, 100)
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        message = "The specified option value is already used"
        faults.add(f"{at}.options", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)


def _check_v2(faults: Faults, body: Json, components: list[Json]) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if body.get(key):
            message = "Not to be used with IS_COMPONENTS_V2."
            faults.add(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)
    everything = list(walk(components))
    faults.count("components", everything, 40)
    shown = sum(len(c.get("content", "")) for c in everything if c.get("type") == TEXT_DISPLAY)
    if shown > 4000:
        message = "The displayed text exceeds 4000 characters."
        faults.add("components", "COMPONENT_MAX_TEXT_SIZE_EXCEEDED", message)
    for n, component in enumerate(components):
        if component.get("type") == ROW:
            _check_row(faults, f"components.{n}", component)
    _check_ids(faults, components)


def _check_ids(faults: Faults, components: list[Json]) -> None:
    ids = [c["custom_id"] for c in walk(components) if "custom_id" in c]
    if len(set(ids)) < len(ids):
        message = "Component custom id cannot be duplicated"
        faults.add("components", "COMPONENT_CUSTOM_ID_DUPLICATED", message)


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, those inside others included."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        for key in ("component", "accessory"):
            if component.get(key):
                yield from walk([component[key]])


def check_modal(data: Json) -> None:
    """Refuse a modal that Discord would refuse. Raises ApiError."""
    faults = Faults()
    faults.length("data.title", data.get("title"), 1, 45)
    faults.length("data.custom_id", data.get("custom_id"), 1, 100)
    components: list[Json] = data.get("components") or []
    faults.count("data.components", components, 5, least=1)
    for n, component in enumerate(walk(components)):
        at = f"data.components.{n}"
        if component.get("type") == LABEL:
            faults.length(f"{at}.label", component.get("label"), 1, 45)
            faults.length(f"{at}.description", component.get("description") or "", 0, 100)
        if component.get("type") == TEXT_INPUT:
            faults.length(f"{at}.custom_id", component.get("custom_id"), 1, 100)
            faults.length(f"{at}.label", component.get("label") or "", 0, 45)
            faults.length(f"{at}.placeholder", component.get("placeholder") or "", 0, 100)
            faults.length(f"{at}.value", component.get("value") or "", 0, 4000)
    faults.refuse()


def check_choices(data: Json) -> None:
    """Refuse autocomplete choices that Discord would refuse. Raises ApiError."""
    faults = Faults()
    choices: list[Json] = data.get("choices") or []
    faults.count("data.choices", choices, 25)
    for n, choice in enumerate(choices):
        faults.length(f"data.choices.{n}.name", choice.get("name"), 1, 100)
        if isinstance(choice.get("value"), str):
            faults.length(f"data.choices.{n}.value", choice["value"], 1, 100)
    faults.refuse()
