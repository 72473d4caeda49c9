"""When we are open: calendars, and what they say at a moment."""
