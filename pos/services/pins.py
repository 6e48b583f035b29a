"""PINs: hashed by argon2id, compared in constant time, never kept or logged in clear."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()


def hash_pin(pin: str) -> str:
    """Argon2id with the library's own parameters (RFC 9106, low-memory profile) and a random salt."""
    return _HASHER.hash(pin)


def pin_fits(pin_hash: str, pin: str) -> bool:
    """Whether a PIN belongs to a hash."""
    try:
        return _HASHER.verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


NOBODY = hash_pin("no such person")
"""Compared for a name that does not exist, so that the answer takes as long as for one that does."""
