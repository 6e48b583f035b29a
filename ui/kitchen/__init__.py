"""The kitchen's section: what to cook for a meal, what changed since it was printed, and its papers."""
