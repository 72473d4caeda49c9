"""Providers: parsing, signatures, requests held against the official SDK, behaviour against the emulator."""
