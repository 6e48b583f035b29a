"""Bringing in lists: members with their opening balances, and top-ups that somebody pays for many."""
