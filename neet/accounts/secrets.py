"""Keeping what must be read back (encrypted) and what must only be recognised (hashed)."""

import base64
import hashlib
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A secret nobody can guess: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(text: str, *, about: str) -> str:
    """What is kept of a secret that is itself long, or good only for minutes."""
    return salted_hmac(f"neet.{about}", text, algorithm="sha256").hexdigest()


# How it is locked stands before what is locked, so that the next method can follow this one as this one followed
# Fernet (AES-128-CBC, then HMAC-SHA-256), which is still read.
NOW, BEGINNING = "2.", 12


class CannotOpen(ValueError):
    """It was locked with another key, or altered."""


def encrypted(text: str) -> str:
    """Locked with the key of today, by AES-256-GCM."""
    beginning = secrets.token_bytes(BEGINNING)
    locked = AESGCM(_keys()[0]).encrypt(beginning, text.encode(), NOW.encode())
    return NOW + base64.urlsafe_b64encode(beginning + locked).decode()


def decrypted(text: str) -> str:
    """What was locked with the key of today or an earlier one, by this method or the one before. Raises CannotOpen."""
    if not text.startswith(NOW):
        return _decrypted_as_before(text)
    raw = base64.urlsafe_b64decode(text.removeprefix(NOW))
    for key in _keys():
        try:
            return AESGCM(key).decrypt(raw[:BEGINNING], raw[BEGINNING:], NOW.encode()).decode()
        except InvalidTag:
            continue
    raise CannotOpen


def is_locked_as_today(text: str) -> bool:
    """Whether the key and the method of today alone open it."""
    if not text.startswith(NOW):
        return False
    raw = base64.urlsafe_b64decode(text.removeprefix(NOW))
    try:
        AESGCM(_keys()[0]).decrypt(raw[:BEGINNING], raw[BEGINNING:], NOW.encode())
    except InvalidTag:
        return False
    return True


def _keys() -> list[bytes]:
    """256 bits for each secret key, today's first."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return [hashlib.sha256(f"box {NOW}{key}".encode()).digest() for key in keys]


def _decrypted_as_before(text: str) -> str:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    boxes = [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"box {key}".encode()).digest())) for key in keys]
    try:
        return MultiFernet(boxes).decrypt(text.encode()).decode()
    except InvalidToken as wrong:
        raise CannotOpen from wrong
