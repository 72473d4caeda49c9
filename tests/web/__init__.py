"""Doors that are not the API."""
