"""Whether a text may leave, and what became of it."""
