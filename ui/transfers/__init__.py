"""Money from one member to another."""
