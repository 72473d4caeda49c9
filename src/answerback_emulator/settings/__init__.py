"""What the emulator is told at start and what can be turned while it runs."""
