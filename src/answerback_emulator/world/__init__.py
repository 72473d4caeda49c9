"""What exists in the emulated world: accounts, numbers, services, phones and the texts between them."""
