"""Stories: whole ways through, against real processes."""
