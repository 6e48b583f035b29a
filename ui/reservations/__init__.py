"""Reservations: booked at the counter, looked at and changed in the office."""
