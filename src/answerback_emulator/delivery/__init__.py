"""How the emulator calls others over HTTP, remembers each exchange and tells the phones page about it."""
