"""Texts written once and sent often: patterns with holes, what may fill them, the languages they exist in."""
