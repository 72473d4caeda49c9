"""Twilio's calls: the webhooks that ask what to do, the TwiML that answers, and the phones it rings."""
