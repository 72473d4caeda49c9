"""Files that give out what is known of a customer: the evidence of a complaint, and everything they may ask for."""
