"""One command a file, one transaction a command: read, decide, write rows and events."""
