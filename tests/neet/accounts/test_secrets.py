"""Secrets are drawn so that nobody guesses them, and what is locked away is not altered unnoticed."""

import base64
import hashlib
import hmac

import pytest
from argon2 import extract_parameters
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.module_loading import import_string

from neet.accounts.rules.codes import DIGITS, LETTERS, mailbox_code, recovery_code
from neet.accounts.secrets import decrypted, encrypted, new_token
from neet.accounts.sessions import SessionStore
from neet.settings import PASSWORD_HASHERS

TIMES = 1000


def test_a_thousand_tokens_are_long_and_share_nothing() -> None:
    tokens = [new_token() for _ in range(TIMES)]

    assert len(set(tokens)) == TIMES
    assert {len(each) for each in tokens} == {43}  # 256 bits
    for place in range(42):  # the last letter carries four bits only
        assert len({each[place] for each in tokens}) > 50, f"letter {place} is too often the same"


def test_codes_to_type_are_drawn_anew_and_long_enough() -> None:
    printed = [recovery_code() for _ in range(TIMES)]
    sent = {mailbox_code() for _ in range(TIMES)}

    assert len(set(printed)) == TIMES
    assert {len(each.replace("-", "")) for each in printed} == {10}
    assert len(LETTERS) == 32
    assert {len(each) for each in sent} == {DIGITS}
    assert len(sent) > TIMES * 0.99


@pytest.mark.django_db
def test_the_name_of_a_session_is_as_hard_to_guess_as_a_key() -> None:
    names = {SessionStore()._get_new_session_key() for _ in range(20)}

    assert len(names) == 20
    assert {len(each) for each in names} == {32}
    assert len(VALID_KEY_CHARS) ** 32 > 2**128


def test_what_is_locked_away_is_not_altered_unnoticed() -> None:
    locked = encrypted("the seed of an app")
    half = len(locked) // 2
    altered = locked[:half] + ("A" if locked[half] != "A" else "B") + locked[half + 1 :]

    assert decrypted(locked) == "the seed of an app"
    assert "seed" not in locked
    with pytest.raises(InvalidToken):
        decrypted(altered)


def test_what_is_locked_away_is_encrypted_by_aes_and_then_signed_by_sha256() -> None:
    """Taken apart by hand: the signature covers everything and is right, and 128-bit AES in chains opens the rest."""
    key = hashlib.sha256(f"box {settings.SECRET_KEY}".encode()).digest()
    raw = base64.urlsafe_b64decode(encrypted("the seed of an app"))
    begin, locked, signed = raw[9:25], raw[25:-32], raw[-32:]
    opener = Cipher(algorithms.AES(key[16:]), modes.CBC(begin)).decryptor()
    opened = opener.update(locked) + opener.finalize()

    assert hmac.compare_digest(hmac.new(key[:16], raw[:-32], hashlib.sha256).digest(), signed)
    assert opened[: -opened[-1]] == b"the seed of an app"
    assert encrypted("the seed of an app") != encrypted("the seed of an app"), (
        "each time from another beginning"
    )


def test_passwords_are_kept_by_argon2_that_costs_memory() -> None:
    kept = import_string(PASSWORD_HASHERS[0])().encode("three unrelated words", "salt-of-the-test")
    found = extract_parameters(kept.removeprefix("argon2"))

    assert kept.startswith("argon2$argon2id$")
    assert found.memory_cost >= 19 * 1024  # KiB
    assert found.time_cost >= 2
    assert found.hash_len >= 16
