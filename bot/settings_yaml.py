"""Reads a settings file as YAML, and tells what is wrong with it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from pathlib import Path

import yaml

# What somebody may write into the file for a secret, less underscores, and where it belongs.
_SECRETS: Mapping[str, str] = {
    "discordtoken": "DISCORD_TOKEN",
    "token": "DISCORD_TOKEN",
    "footnotekey": "FOOTNOTE_KEY",
    "key": "FOOTNOTE_KEY",
}

Found = dict[str, tuple[str, str]]


def read_settings(path: Path, text: str, known: Collection[str]) -> tuple[Found, list[str]]:
    """The file's values, each with where it stands, and what is wrong with the file."""
    try:
        # Nodes, not values: a plain `no` or 12345 stays the text that was written.
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return {}, [_yaml_problem(path, error)]
    if root is None:
        return {}, []
    if not isinstance(root, yaml.MappingNode):
        return {}, [f"{path}:1:1: these are no settings; write lines of `name: value`"]
    return _read_mapping(path, root, known)


def _read_mapping(
    path: Path, root: yaml.MappingNode, known: Collection[str]
) -> tuple[Found, list[str]]:
    found: Found = {}
    problems: list[str] = []
    for key_node, value_node in root.value:
        key, mark = str(key_node.value), key_node.start_mark
        where = f"{path}:{mark.line + 1}:{mark.column + 1}"
        if secret := _SECRETS.get(key.replace("_", "").lower()):
            # Files are committed and shared; the message must not repeat the value.
            what = "token" if "TOKEN" in secret else "key"
            problems.append(f"{where}: a {what} does not belong in a file; set {secret} instead")
        elif key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(known)}"
            problems.append(f"{where}: unknown setting `{key}`; {hint}")
        elif key in found:
            problems.append(f"{where}: `{key}` is set twice; leave one")
        elif not isinstance(value_node, yaml.ScalarNode):
            problems.append(f"{where}: `{key}` has more than one value; write one")
        else:
            empty = value_node.tag == "tag:yaml.org,2002:null"
            found[key] = ("" if empty else value_node.value.strip(), where)
    return found, problems


def _yaml_problem(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"{path}:{mark.line + 1}:{mark.column + 1}" if mark else str(path)
    problem = getattr(error, "problem", None) or "it is not YAML"
    return f"{where}: {problem}; write lines of `name: value`"
