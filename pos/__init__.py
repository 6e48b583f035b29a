"""The till itself: rules, use cases and the edge to the readers."""
