"""Keeping what must be read back (encrypted) and what must only be recognised (hashed)."""

import base64
import hashlib
import secrets

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A secret nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(text: str, *, about: str) -> str:
    """What is kept of a secret that is itself long, or good only for minutes."""
    return salted_hmac(f"neet.{about}", text, algorithm="sha256").hexdigest()


def encrypted(text: str) -> str:
    return _box().encrypt(text.encode()).decode()


def decrypted(text: str) -> str:
    return _box().decrypt(text.encode()).decode()


def _box() -> MultiFernet:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"box {key}".encode()).digest())) for key in keys]
    )
