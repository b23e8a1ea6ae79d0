"""Secrets are drawn so that nobody guesses them, and what is locked away is not altered unnoticed."""

import pytest
from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends.base import VALID_KEY_CHARS

from neet.accounts.rules.codes import DIGITS, LETTERS, mailbox_code, recovery_code
from neet.accounts.secrets import decrypted, encrypted, new_token
from neet.accounts.sessions import SessionStore

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
