"""Footnote answers questions about one news event from a curated, sourced fact base."""

__version__ = "0.1.0"
