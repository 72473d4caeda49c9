"""The REST API, one file a resource. Handlers are thin: read the call, run a use case, show the outcome."""
