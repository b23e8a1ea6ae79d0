"""Why a change to the register is not made: what an action may raise, and doors put into words."""

from collections.abc import Iterable, Mapping
from typing import Any

from tracking.register.rules.activities import Problem


class NotPermitted(Exception):
    """The person at the desk sees the record but may not do this to it."""


class NotRight(Exception):
    """What was said does not fit; `words` holds it by question, "" for the whole."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__("; ".join(words.values()))
        self.words = dict(words)

    @classmethod
    def because(cls, problems: Iterable[Problem]) -> "NotRight":
        """One sentence a question, the first where several hold."""
        return cls({each.field: each.words for each in reversed(list(problems))})


class Conflict(Exception):
    """Somebody changed the record meanwhile: `theirs` holds what stands now, `yours` what was asked for."""

    def __init__(self, *, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        super().__init__("the record was changed by somebody else")
        self.theirs = dict(theirs)
        self.yours = dict(yours)
