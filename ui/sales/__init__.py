"""The sale: a diner, a tray, a bill, a payment."""
