"""What customers said about being texted: keywords, and the ledger folded into a state."""
