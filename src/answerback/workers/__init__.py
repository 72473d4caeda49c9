"""Doors over time: router, dispatcher, clock, media fetcher, gap filler."""
