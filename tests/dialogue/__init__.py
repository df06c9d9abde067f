"""Tests of the dialogue: replies, follow-ups, texts."""
