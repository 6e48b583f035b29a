"""Routes: who brings which meals to whom, in which order, and the papers for it."""
