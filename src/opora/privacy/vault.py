"""Values that are kept encrypted within the database, under a key that is not in it."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from opora.site.home import Home
from opora.site.trouble import SiteTrouble

_SECRET = "personal"
_NONCE = 12


def encrypted(value: bytes, digest: bytes) -> bytes:
    """AES-256-GCM, bound to the digest of the value: neither can be put to another."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key("encryption")).encrypt(nonce, value, digest)


def decrypted(ciphertext: bytes, digest: bytes) -> bytes:
    """Raises ``SiteTrouble`` if it was changed, or encrypted under another key."""
    try:
        return AESGCM(_key("encryption")).decrypt(ciphertext[:_NONCE], ciphertext[_NONCE:], digest)
    except InvalidTag:
        raise SiteTrouble(
            "Зашифрованное значение не открывается: в secrets.json другой ключ «personal», или строку изменили"
        ) from None


def keyed_digest(value: bytes) -> bytes:
    """The same for the same value. Without the key nobody can try all values, of which there are few."""
    return hmac.new(_key("digest"), value, hashlib.sha256).digest()


def _key(use: str) -> bytes:
    secret = Home.current().secrets().get(_SECRET)
    if secret is None:
        raise SiteTrouble("В secrets.json нет ключа «personal»: выполните opora init")
    return HKDF(SHA256(), 32, salt=None, info=f"opora {use}".encode()).derive(secret.encode())
