"""The live stream, from the event log to each screen: tail, assembly, audience, hub, subscribers, roster."""
