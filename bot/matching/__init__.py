"""Question to facts: pure, synchronous, deterministic."""
