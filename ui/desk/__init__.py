"""The desk sheet: what a counter needs now and then, one key each."""
