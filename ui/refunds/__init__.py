"""Money out: what goes back of which top-up, shown before it is paid; the end of an account, and the heirs."""
