"""Whether a text may leave, where it may go, and what became of it."""
