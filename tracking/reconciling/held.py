"""What rooms above tell of the lists they hold against the register, and who is asked (HELD_AGAINST)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.module_loading import import_string

from neet.accounts.models import User


@dataclass(frozen=True)
class HeldList:
    """The newest list of one kind from one sender beside the register as it stands: `names` on it, of them `missing`
    (not on the register, and nobody said why) and `explained`; `differs` are on both otherwise, `not_listed` only on
    the register though the list is whole. Never brought in: no day. `by_month` are missing names month by month, None
    where no list came. Without an address nothing can be opened."""

    title: str
    listed_on: date | None = None
    sender: str = ""
    is_whole: bool = False
    taken_at: datetime | None = None
    taken_by: str = ""
    names: int = 0
    missing: int = 0
    explained: int = 0
    differs: int = 0
    not_listed: int = 0
    by_month: Sequence[tuple[int | None, date]] = ()
    missing_url: str = ""
    differs_url: str = ""
    not_listed_url: str = ""
    bring_url: str = ""

    @property
    def on_register(self) -> int:
        return self.names - self.missing - self.explained

    @property
    def is_settled(self) -> bool:
        """Whether nobody it names is missing without a reason (R52)."""
        return self.listed_on is not None and not self.missing


@dataclass(frozen=True)
class HeldSchool:
    """One school's part of its newest census beside the register: `missing` are on the census and not on the register,
    `elsewhere` on both and not at this school there, `not_listed` at the school on the register alone."""

    name: str
    listed_on: date
    names: int
    missing: int
    explained: int
    elsewhere: int
    not_listed: int
    url: str = ""

    @property
    def on_register(self) -> int:
        return self.names - self.missing - self.explained


@dataclass(frozen=True)
class Outside:
    """One way of being educated outside school: how many the newest lists name, how many of those are on the register,
    of how many others somebody said why not, and how many the register has so (None where the DfE has no code for
    it)."""

    words: str
    listed: int
    matched: int
    explained: int
    on_register: int | None

    @property
    def missing(self) -> int:
        return self.listed - self.matched - self.explained


@dataclass(frozen=True)
class Held:
    """Everything a room holds against the register of one council."""

    lists: Sequence[HeldList] = ()
    months: Sequence[date] = ()
    schools: Sequence[HeldSchool] = ()
    outside: Sequence[Outside] = ()


def held_against(user: User, authority_id: int, on: date) -> Held:
    """What the rooms above hold against this council's register on a day, all of it together."""
    told: list[Held] = [import_string(path)(user, authority_id, on) for path in settings.HELD_AGAINST]
    return Held(
        lists=[each for held in told for each in held.lists],
        months=next((held.months for held in told if held.months), ()),
        schools=[each for held in told for each in held.schools],
        outside=[each for held in told for each in held.outside],
    )
