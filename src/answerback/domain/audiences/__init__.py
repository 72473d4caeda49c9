"""Whom campaigns write to: lists that come as files, and filters over contacts."""
