"""Twilio: SMS and MMS over its REST API and webhooks, numbers in or outside a Messaging Service."""
