"""Command line: serve, demo, migrate, user, token, bench."""
