"""What the canteen knows: frozen values and pure functions, standard library alone."""
