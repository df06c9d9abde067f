"""Tests of loading a fact base."""
