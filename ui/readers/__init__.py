"""Card readers: which one this till listens to, and how a new one is got to know."""
