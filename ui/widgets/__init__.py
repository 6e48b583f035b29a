"""The kit: the few widgets that every screen of the counter is made of."""
