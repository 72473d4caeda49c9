"""Twilio as seen from outside: its REST API for messages and numbers, and its webhooks."""
