"""Tests of the inbound message path."""
