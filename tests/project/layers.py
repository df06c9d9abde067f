"""The layer rules as data, and the search for imports that break them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

# Each part of the program may import itself, what its own rule names, and errors.
# The first part that fits a module counts, so the particular stand before the general.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "bot.errors": (),
    "bot.resources": (),
    "bot.logs": (),
    "bot.settings": ("bot.settings_yaml",),
    "bot.settings_yaml": (),
    "bot.facts.model": (),
    "bot.facts": ("bot.collector", "bot.jsonparts"),
    "bot.collector": (),
    "bot.jsonparts": (),
    "bot.matching": ("bot.facts.folding", "bot.facts.model", "bot.jsonparts"),
    "bot.placeholders": (),
    "bot.texts": ("bot.dialogue.texts", "bot.placeholders"),
    "bot.language": ("bot.matching",),
    "bot.dialogue": ("bot.facts.model", "bot.matching"),
    "bot.cache": ("bot.heap",),
    "bot.prepared": (
        "bot.cache",
        "bot.dialogue.texts",
        "bot.facts",
        "bot.language",
        "bot.matching.language",
        "bot.resources",
        "bot.texts",
    ),
    "bot.store": ("bot.stopping",),
    "bot.gaps": ("bot.matching", "bot.store.records"),
    "bot.evaluation": ("bot.facts.model", "bot.dialogue"),
    "bot.curation": (
        "bot.facts",
        "bot.dialogue",
        "bot.evaluation",
        "bot.apart",
        "bot.store",
    ),
    "bot.platforms.discord": (
        "bot.facts.model",
        "bot.dialogue",
        "bot.collector",
        "bot.curation",
        "bot.gaps",
        "bot.heap",
        "bot.stopping",
        "bot.store",
    ),
    "bot.platforms.terminal": ("bot.facts.model", "bot.dialogue"),
    "bot.platforms": (),
    "bot.app": ("bot",),
    "bot.preparing": ("bot.apart", "bot.app", "bot.settings"),
    "bot.heap": (),
    "bot.work": ("bot.locking",),
    "bot.locking": (),
    "bot.apart": ("bot.resources",),
    "bot.stopping": (),
    "bot.only_one": ("bot.locking",),
    "bot.serving": ("bot",),
    "bot.building": ("bot",),
    "bot.curating": ("bot",),
    "bot.cli": ("bot",),
    "bot.__main__": ("bot",),
    "bot": (),
}

# Where a package from outside may be imported; what is not named here may be nowhere in bot/.
OUTSIDE: dict[str, tuple[str, ...]] = {
    "aiohttp": ("bot.curation.fetching", "bot.platforms.discord"),
    "discord": ("bot.platforms.discord",),
    "yarl": ("bot.platforms.discord",),
    "prompt_toolkit": ("bot.platforms.terminal",),
    "rapidfuzz": ("bot.gaps", "bot.matching"),
    "Stemmer": ("bot.matching",),
    "yaml": ("bot.facts", "bot.settings_yaml", "bot.texts", "bot.language"),
    "aiosqlite": ("bot.store",),
}

# Modules of the standard library that one part alone imports.
RESERVED: dict[str, tuple[str, ...]] = {"sqlite3": ("bot.store",)}

# The command line reaches a platform through bot.app or bot.serving alone, which import it when it
# is run.
NEVER: dict[str, tuple[str, ...]] = {
    "bot.cli": ("bot.platforms",),
    "bot.facts.model": ("bot.facts",),
}

# Modules of the standard library that the pure core has no business with.
PURE = (
    "bot.facts.folding",
    "bot.facts.model",
    "bot.matching",
    "bot.dialogue",
    "bot.gaps",
    "bot.store.records",
)
IMPURE_MODULES = frozenset(
    {
        "asyncio",
        "os",
        "random",
        "socket",
        "sqlite3",
        "subprocess",
        "threading",
        "time",
        "urllib",
    }
)


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Every module under `root`/bot, by its dotted name."""
    for path in sorted((root / "bot").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts).removesuffix(".__init__"), path


def imports(path: Path, module: str) -> Iterator[str]:
    """The dotted names that a file imports, anywhere in it."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            prefix = ".".join(above) + "." if node.level else ""
            yield from (f"{prefix}{node.module or ''}.{alias.name}" for alias in node.names)


def broken_rules(root: Path, standard_library: frozenset[str]) -> list[str]:
    """A line for each import that its layer forbids."""
    return [
        f"{module} imports {name}"
        for module, path in modules(root)
        for name in imports(path, module)
        if not _allowed(module, name, standard_library)
    ]


def _allowed(module: str, name: str, standard_library: frozenset[str]) -> bool:
    package = name.partition(".")[0]
    if package == "bot":
        return _allowed_inside(module, name)
    if package in RESERVED and not _within(module, RESERVED[package]):
        return False
    if package in standard_library:
        return not (_within(module, PURE) and package in IMPURE_MODULES)
    return _within(module, OUTSIDE.get(package, ()))


def _allowed_inside(module: str, name: str) -> bool:
    part = next(one for one in MAY_IMPORT if _within(module, (one,)))
    if _within(name, (part,)) and part != "bot":
        return True
    if any(_within(module, (one,)) and _within(name, barred) for one, barred in NEVER.items()):
        return False
    return _within(name, (*MAY_IMPORT[part], "bot.errors"))


def _within(name: str, parts: tuple[str, ...]) -> bool:
    return any(name == part or name.startswith(f"{part}.") for part in parts)
