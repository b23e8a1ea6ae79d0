"""Secrets are drawn so that nobody guesses them, and what is locked away is not altered unnoticed."""

import base64
import hashlib
from typing import Any

import pytest
from argon2 import extract_parameters
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.core.management import call_command
from django.utils.module_loading import import_string

from neet.accounts.actions import add_app, lock_seeds_anew, use_code
from neet.accounts.rules.codes import DIGITS, LETTERS, mailbox_code, recovery_code
from neet.accounts.secrets import CannotOpen, decrypted, encrypted, is_locked_as_today, new_token
from neet.accounts.sessions import SessionStore
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from neet.settings import PASSWORD_HASHERS
from tests.neet.accounts.factories import make_user
from tests.neet.accounts.signing_in import SECRET, code_now

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
    with pytest.raises(CannotOpen):
        decrypted(altered)


def test_what_is_locked_away_is_encrypted_and_sealed_by_aes_of_256_bits() -> None:
    """Taken apart by hand: AES in counter mode from the beginning that stands before it opens it."""
    key = hashlib.sha256(f"box 2.{settings.SECRET_KEY}".encode()).digest()
    locked = encrypted("the seed of an app")
    raw = base64.urlsafe_b64decode(locked.removeprefix("2."))
    beginning, hidden, seal = raw[:12], raw[12:-16], raw[-16:]
    opener = Cipher(algorithms.AES(key), modes.GCM(beginning, seal)).decryptor()
    opener.authenticate_additional_data(b"2.")

    assert len(key) * 8 == 256
    assert opener.update(hidden) + opener.finalize() == b"the seed of an app"
    assert len({encrypted("the seed of an app")[:18] for _ in range(TIMES)}) == TIMES, (
        "each from another beginning"
    )


def test_the_method_before_is_still_read_and_another_key_opens_nothing(settings: Any) -> None:
    key = base64.urlsafe_b64encode(hashlib.sha256(f"box {settings.SECRET_KEY}".encode()).digest())
    before = Fernet(key).encrypt(b"the seed of an app").decode()

    assert decrypted(before) == "the seed of an app"
    assert not is_locked_as_today(before)
    locked = encrypted("the seed of an app")
    settings.SECRET_KEY = "another one"
    for each in (before, locked):
        with pytest.raises(CannotOpen):
            decrypted(each)


@pytest.mark.django_db
def test_after_a_new_key_all_is_locked_anew_and_the_old_one_may_go(settings: Any, capsys: Any) -> None:
    user, old = make_user(), settings.SECRET_KEY
    add_app(user=user, secret=SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new one", [old]
    assert use_code(user=user, code=code_now(-1)) == "totp", "meanwhile the old key opens"

    call_command("lock_anew")
    settings.SECRET_KEY_FALLBACKS = []

    assert use_code(user=user, code=code_now()) == "totp"
    assert AuditEvent.objects.get(kind=Kind.SECRETS_LOCKED_ANEW).counts == {"seeds": 1}
    assert lock_seeds_anew() == 0


def test_passwords_are_kept_by_argon2_that_costs_memory() -> None:
    kept = import_string(PASSWORD_HASHERS[0])().encode("three unrelated words", "salt-of-the-test")
    found = extract_parameters(kept.removeprefix("argon2"))

    assert kept.startswith("argon2$argon2id$")
    assert found.memory_cost >= 19 * 1024  # KiB
    assert found.time_cost >= 2
    assert found.hash_len >= 16
