"""What a text costs: its encoding and parts, and plainer ways to write it."""
