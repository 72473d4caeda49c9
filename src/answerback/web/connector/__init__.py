"""The custom connector for Power Automate: our API in the older description that it reads, with its own marks."""
