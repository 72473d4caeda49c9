"""SMS providers: the contract, then one folder a provider."""
