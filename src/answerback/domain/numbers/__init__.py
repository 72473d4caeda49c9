"""Phone numbers: their form, country, type and local time."""
