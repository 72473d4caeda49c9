"""Azure Communication Services: REST for sending, Event Grid for what comes back."""
