"""Devices and keys: what belongs to this machine alone, in one section of the office."""
