"""What the bot remembers: one SQLite file, and the face of it that the running bot uses."""
