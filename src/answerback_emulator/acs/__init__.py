"""Azure Communication Services: texts, numbers and opt-outs over REST; Event Grid for what comes back; Entra ID."""
