"""The fact base: its types, its loading, its checks, its verified quotes."""
