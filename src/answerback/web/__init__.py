"""Doors over HTTP: provider webhooks, REST API, live stream, the built desktop."""
