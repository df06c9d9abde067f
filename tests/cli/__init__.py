"""The real command line, started as a process."""
