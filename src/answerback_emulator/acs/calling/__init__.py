"""Call Automation: Event Grid tells of incoming calls, CloudEvents to the centre's address of the rest."""
