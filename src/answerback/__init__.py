"""Answerback: a self-hosted SMS contact centre. Start reading at docs/map.md."""

__version__ = "0.1.0"
