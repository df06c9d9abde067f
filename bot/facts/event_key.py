"""The id of the event in one file's text, read as YAML."""

from __future__ import annotations

import yaml

from bot.facts.limits import Limits
from bot.facts.problems import FileReport, Report
from bot.facts.yaml_nodes import Composer, Mapping, Reading, Scalar, Unreadable, fastest_parser


def event_id(part: str) -> str | None:
    """The id under the key `event`; empty if it is not readable; None: there is no such key."""
    here = FileReport("", Report())
    try:
        for entry in Composer(part, here, Reading(Limits()), fastest_parser()).entries():
            if entry.key.text == "event" and isinstance(entry.node, Mapping):
                for key, value in entry.node.entries:
                    if isinstance(key, Scalar) and key.text == "id" and isinstance(value, Scalar):
                        return value.text
                return ""
    except (yaml.YAMLError, Unreadable):
        return ""  # loading the base tells where
    return None
