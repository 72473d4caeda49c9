"""The adapter for TeleSign."""
