"""The emulator, held against Twilio's own client, validator and published description."""
