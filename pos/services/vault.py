"""The vault: seals identity numbers, opens them, and finds equal ones without opening any.

AES-256-GCM with a random nonce for each number and the member's id as associated data, so that a sealed number
copied to another member does not open. Equal numbers are found by HMAC-SHA256. Both keys are derived (HKDF-SHA256)
from a secret of 32 bytes. Secrets are only ever added: a backup from before a rotation can still be read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from dataclasses import dataclass, field
from functools import lru_cache

from pos.domain.identity import Document, KeyMissing, KeyUnreadable, SealedDocument
from pos.services.keys import KeyPlace, KeyShelf

_SECRET_BYTES = 32
_NONCE_BYTES = 12
_ID_CHARACTERS = 12
_GROUP = 4
_SEAL, _FIND = b"canteen identity seal 1", b"canteen identity fingerprint 1"


@dataclass(frozen=True, slots=True)
class _Key:
    """One secret. `id` is stored beside what it sealed and tells nothing about it."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        return hashlib.sha256(b"canteen identity key " + self.secret).hexdigest()[:_ID_CHARACTERS]

    @property
    def text(self) -> str:
        """The spare key as it is written down: letters and digits in groups, with two characters that find a slip."""
        whole = base64.b32encode(self.secret + _check(self.secret)).decode().rstrip("=")
        return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))

    @classmethod
    def read(cls, text: str) -> _Key:
        """The key that somebody wrote down. Raises KeyUnreadable."""
        plain = "".join(text.upper().split()).replace("-", "")
        # Not in the alphabet of base 32, and easily written for what is.
        plain = plain.replace("0", "O").replace("1", "I").replace("8", "B")
        try:
            raw = base64.b32decode(plain + "=" * (-len(plain) % 8))
        except (binascii.Error, ValueError):
            raise KeyUnreadable from None
        secret, check = raw[:_SECRET_BYTES], raw[_SECRET_BYTES:]
        if len(secret) != _SECRET_BYTES or check != _check(secret):
            raise KeyUnreadable
        return cls(secret)


class Vault:
    """The keys of one machine, and what is done with them. No number and no key is in its repr or its errors."""

    def __init__(self, shelf: KeyShelf) -> None:
        """Keys are read from `shelf` when the first one is needed."""
        self._shelf = shelf
        self._known: tuple[_Key, ...] = ()

    @property
    def place(self) -> KeyPlace:
        """Where the keys lie."""
        return self._shelf.place

    @property
    def newest(self) -> str:
        """The id of the key that seals; '' where there is none. Raises KeyUnreadable or KeyExposed."""
        keys = self._keys()
        return keys[0].id if keys else ""

    @property
    def key_ids(self) -> frozenset[str]:
        """The ids of all keys on this machine. Raises KeyUnreadable or KeyExposed."""
        return frozenset(key.id for key in self._keys())

    def seal(self, member_id: str, document: Document) -> SealedDocument:
        """Seal a document's number under the newest key. Raises KeyMissing, KeyUnreadable or KeyExposed."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 30 ms, and few ever need it

        key = next(iter(self._keys()), None)
        if key is None:
            raise KeyMissing(0)
        nonce = os.urandom(_NONCE_BYTES)
        box = AESGCM(_derived(key.secret, _SEAL)).encrypt(nonce, document.number.encode(), member_id.encode())
        return SealedDocument(document.kind, document.tail, key.id, nonce + box, _fingerprint(key, document.number))

    def open(self, member_id: str, sealed: SealedDocument) -> Document:
        """The document of a member. Raises KeyMissing, KeyUnreadable (also for a text that was tampered with) or
        KeyExposed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key = self._key(sealed.key_id)
        nonce, box = sealed.sealed[:_NONCE_BYTES], sealed.sealed[_NONCE_BYTES:]
        try:
            number = AESGCM(_derived(key.secret, _SEAL)).decrypt(nonce, box, member_id.encode())
        except InvalidTag as error:
            raise KeyUnreadable from error
        return Document(sealed.kind, number.decode())

    def fingerprints(self, number: str) -> tuple[str, ...]:
        """What an equal number would have in the store, under each key. Raises KeyUnreadable or KeyExposed."""
        return tuple(_fingerprint(key, number) for key in self._keys())

    def add_key(self) -> None:
        """Make a key that seals from now on; older ones go on opening. Raises KeyUnreadable or KeyExposed."""
        self._put_first(_Key(os.urandom(_SECRET_BYTES)))

    def spare_key(self) -> str:
        """The newest key as a text to be written down and locked away. Raises KeyMissing, KeyUnreadable or KeyExposed."""
        keys = self._keys()
        if not keys:
            raise KeyMissing(0)
        return keys[0].text

    def id_of(self, text: str) -> str:
        """The id of a key that was written down; nothing is done with it. Raises KeyUnreadable."""
        return _Key.read(text).id

    def bring_back(self, text: str) -> str:
        """Take a key that was written down, as the one that seals; the answer is its id.

        Raises KeyUnreadable or KeyExposed.
        """
        key = _Key.read(text)
        self._put_first(key)
        return key.id

    def _keys(self) -> tuple[_Key, ...]:
        return self._known or self._read()

    def _key(self, key_id: str) -> _Key:
        for keys in (self._keys, self._read):
            for key in keys():
                if key.id == key_id:
                    return key
        raise KeyMissing(1)

    def _read(self) -> tuple[_Key, ...]:
        """The keys as they lie on the shelf now: two tills of one user share it, and either may add one."""
        self._known = tuple(map(_Key.read, self._shelf.read().split()))
        return self._known

    def _put_first(self, key: _Key) -> None:
        keys = (key, *(one for one in self._read() if one != key))
        self._shelf.write("\n".join(one.text for one in keys))
        self._known = keys


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(b"canteen identity spare " + secret).digest()[:2]


@lru_cache(maxsize=16)
def _derived(secret: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=_SECRET_BYTES, salt=None, info=purpose).derive(secret)


def _fingerprint(key: _Key, number: str) -> str:
    return hmac.new(_derived(key.secret, _FIND), number.encode(), hashlib.sha256).hexdigest()
