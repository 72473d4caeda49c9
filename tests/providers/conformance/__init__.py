"""One suite of behaviours, held by every provider against its emulator; at the end of a run it prints a table."""
