"""The terminal chat, driven through a real pseudo-terminal."""
