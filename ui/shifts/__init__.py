"""The shift: open with a float, look in between, close with counted cash."""
