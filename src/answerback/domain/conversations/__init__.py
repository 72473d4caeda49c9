"""The life of a conversation: its states, the moves between them and what each move tells the log."""
