"""Tests of the outbound message path."""
