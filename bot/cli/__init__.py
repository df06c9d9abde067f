"""The command line: one module per command, on what bot/app.py opens."""
