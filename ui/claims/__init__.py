"""Subsidy claims: a payer's month, looked at, stamped once, saved as files; and what every payer owes."""
