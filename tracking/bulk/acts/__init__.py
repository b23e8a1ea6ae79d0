"""What may be done to many at once: one module an act, all of them in the table of settings.BULK_ACTS."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from neet.accounts.models import User
from neet.accounts.roles import Permission

Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """The act on these young people, all of one authority: what was answered, who does it, and when."""

    authority_id: int
    people: tuple[int, ...]
    said: Said
    by: User
    on: date
    at: datetime


# By young person why they stay as they are, in words for a page; empty: the act changes them.
Weighed = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Act:
    """One kind of change. It either weighs and does, or hands the chosen over to a page of its own."""

    slug: str
    words: str
    hint: str
    needs: Permission
    asks: tuple[str, ...]
    weigh: str = ""
    do: str = ""
    tells: str = ""
    hand_over: str = ""

    def form(self, step: int) -> type[Any]:
        """The questions of a step."""
        return import_string(self.asks[step])

    def weighed(self, deed: Deed) -> Weighed:
        """Who would be changed and who would stay, in few statements however many they are."""
        return import_string(self.weigh)(deed)

    def done(self, deed: Deed) -> None:
        """Change them all: they were weighed in this transaction, and their rows are held."""
        import_string(self.do)(deed)

    def told(self, said: Said, on: date) -> list[tuple[str, str]]:
        """What was answered, question by question."""
        return import_string(self.tells)(said, on)

    @property
    def hands_over(self) -> Callable[..., str] | None:
        """f(change=, said=, by=) gives the address of the page where the work goes on."""
        return import_string(self.hand_over) if self.hand_over else None


def acts() -> dict[str, Act]:
    """All acts by name, in the order in which they are offered."""
    return {
        slug: Act(slug, **{**entry, "needs": Permission(entry["needs"]), "asks": tuple(entry["asks"])})
        for slug, entry in settings.BULK_ACTS.items()
    }
