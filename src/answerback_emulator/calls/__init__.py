"""What every carrier's calls have in common: ringing, answering, talking, and how people take part in them."""
