"""Texts that nobody writes: which are sent when something happens, and what they say."""
