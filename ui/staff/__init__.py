"""Signing in at the counter."""
