"""What the till hears: card readers, from bytes to canonical readings."""
