"""The tests, by part of the program; `python -m tests` runs every check."""
