"""Masks: what of a text is covered before people see it, or before it is stored."""
