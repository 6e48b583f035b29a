"""Members: found by name, and enrolled."""
