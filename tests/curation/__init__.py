"""Tests of bot/curation."""
