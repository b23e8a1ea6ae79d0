"""Invented people with accounts."""

from itertools import count
from typing import Any

from neet.accounts.models import User

_numbers = count(1)


def make_user(**fields: Any) -> User:
    """An account with no place anywhere; `places` in tests of scope gives it one."""
    number = next(_numbers)
    return User.objects.create_user(
        **{"email": f"person{number}@example.org", "name": f"Pat Person {number}", **fields}
    )
