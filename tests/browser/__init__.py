"""The desktop in a real Chromium, before real processes."""
