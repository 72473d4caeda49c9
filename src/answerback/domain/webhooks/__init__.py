"""What other systems are told of: the public names of events, how a call to them is signed, when it is tried again."""
