"""TeleSign: its messaging API, its two ways to sign in, and its signed callbacks."""
