"""Where a member stands: what the card holds, for how many meals, and every movement of a period."""
