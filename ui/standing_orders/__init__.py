"""Standing orders in the office: those of a member, and a run that books them."""
