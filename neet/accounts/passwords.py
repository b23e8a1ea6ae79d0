"""What a new password must be: twelve characters (fifteen are advised), and not one that everybody tries."""

import re
from functools import cache

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from neet.accounts.models import User
from neet.accounts.rules.passwords import MIN_LENGTH, is_obvious

SHORTEST_WORD = 5


@cache
def common_passwords() -> frozenset[str]:
    """The twenty thousand most used passwords of published breaches, as Django carries them."""
    return frozenset(CommonPasswordValidator().passwords)


def own_words() -> frozenset[str]:
    """The council's name as somebody would type it: run together, and each longer word of it."""
    parts = re.findall(r"[a-z]+", settings.COUNCIL_NAME.lower())
    return frozenset({"".join(parts), *(each for each in parts if len(each) >= SHORTEST_WORD)} - {""})


class LongEnough:
    """Length is what counts; no rule about kinds of characters."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < MIN_LENGTH:
            raise ValidationError(
                f"Use at least {MIN_LENGTH} characters. Three or four unrelated words work well."
            )

    def get_help_text(self) -> str:
        return f"At least {MIN_LENGTH} characters; 15 or more is better. Three or four unrelated words work well."


class NotObvious:
    """Not on the list of breached passwords, and not one of them dressed up."""

    def validate(self, password: str, user: User | None = None) -> None:
        if password.lower() in common_passwords() or is_obvious(password, common_passwords(), own_words()):
            raise ValidationError(
                "Many people use this password, so it is the first to be tried. Choose another."
            )

    def get_help_text(self) -> str:
        return "Not a password that many people use."
