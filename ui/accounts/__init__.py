"""Top-ups: money onto a meal card."""
