"""A member's cards: lost, found, given out, replaced, lent for a meal, returned, blocked."""
