"""Lists over all members: balances owed, low balances, cards that sleep, what may be asked back."""
