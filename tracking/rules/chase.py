"""How those are found out of whom nobody knows it: what an outcome means, whom one asks, what a call is worth, and
how soon and how often somebody is to be spoken to. All of it is dated data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from tracking.rules.codes import Status

HUNDRED = 100
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ContactOutcome:
    """What came of trying. `again_days` are working days until the next try; without them nothing has to wait.
    `channels` are those it may come of; none named: any. `asks_for_time`: they said when to ring back."""

    code: str
    words: str
    order: int
    channels: frozenset[str]
    reached: bool
    learned: bool
    bad_number: bool
    asks_for_time: bool
    again_days: int

    def may_come_of(self, channel: str) -> bool:
        return not self.channels or channel in self.channels


@dataclass(frozen=True, slots=True)
class Rung:
    """Somebody who may know, in the order in which one asks. `knows` of a hundred who are reached can tell; `source`
    is who told us, as a confirmation says it; after `tries` in vain one asks the next."""

    code: str
    words: str
    order: int
    source: str
    knows: int
    tries: int


class Weighs(StrEnum):
    """What a weight is about."""

    NUMBER = "number"
    HOUR = "hour"
    MONTH = "month"
    KIND = "kind"
    NEED = "need"
    ACTIVITY = "activity"
    LIMIT = "limit"


@dataclass(frozen=True, slots=True)
class ChaseWeight:
    """One number of the ranking: a chance or a factor in hundredths, or a limit as it stands. `of` says of which
    activity, level of need or hours; `months` of which months."""

    code: str
    words: str
    about: Weighs
    value: int
    of: str
    months: frozenset[int]


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of the ranking on one day."""

    rows: Mapping[str, ChaseWeight]

    def limit(self, code: str) -> int:
        """A limit. Raises KeyError where the table has none of that name."""
        return self.rows[code].value

    def share(self, code: str) -> float:
        """A chance or factor; 1 where the table says nothing of it."""
        row = self.rows.get(code)
        return row.value / HUNDRED if row else 1.0

    def words(self, code: str) -> str:
        """The reason a row gives; nothing where the table has none of that name."""
        row = self.rows.get(code)
        return row.words if row else ""

    def month(self, on: date) -> ChaseWeight | None:
        """The row of the day's month, the weightiest where two name it."""
        found = [each for each in self.about(Weighs.MONTH) if on.month in each.months]
        return max(found, key=lambda each: each.value, default=None)

    def about(self, what: Weighs) -> tuple[ChaseWeight, ...]:
        return tuple(each for each in self.rows.values() if each.about is what)

    def by(self, what: Weighs) -> Mapping[str, ChaseWeight]:
        """The rows about something by what they are of."""
        return MappingProxyType({each.of: each for each in self.about(what)})


@dataclass(frozen=True, slots=True)
class ContactRule:
    """How soon somebody is spoken to first and how often then, in days. No `need` is any; `only_vulnerable` asks for a
    vulnerable group; no `activities` are all of the status. `before_end_days`: also so long before it is expected to
    end, so that the next step is offered in time (0: not)."""

    code: str
    words: str
    authority: str
    order: int
    status: Status
    need: str
    only_vulnerable: bool
    activities: frozenset[str]
    first_days: int
    every_days: int
    before_end_days: int = 0

    def fits(self, status: Status, code: str, need: str, vulnerable: bool) -> bool:
        return (
            self.status is status
            and self.need in ("", need)
            and (vulnerable or not self.only_vulnerable)
            and (not self.activities or code in self.activities)
        )


def protocol_of(rules: Iterable[ContactRule], authority: str) -> tuple[ContactRule, ...]:
    """A council's contact protocol in the order in which it is asked: its own rules, then everybody's."""
    held = [each for each in rules if each.authority in ("", authority)]
    return tuple(sorted(held, key=lambda each: (each.authority == "", each.order, each.code)))


# -- reading the tables


def contact_outcome(row: Row) -> ContactOutcome:
    """A row of the table `contact_outcomes`. Raises ValueError with the reason."""
    return ContactOutcome(
        code=row["code"],
        words=row["plain_words"],
        order=int(row["order"]),
        channels=frozenset(_split(row["channels"])),
        reached=_yes(row["reached"]),
        learned=_yes(row["learned"]),
        bad_number=_yes(row["bad_number"]),
        asks_for_time=_yes(row["asks_for_time"]),
        again_days=_whole(row["again_days"]),
    )


def rung(row: Row) -> Rung:
    """A row of the table `source_ladder`."""
    knows, tries = _whole(row["knows"]), _whole(row["tries"])
    if knows > HUNDRED:
        raise ValueError(f"{knows} of a hundred cannot know")
    return Rung(row["code"], row["plain_words"], int(row["order"]), row["source"], knows, tries)


def chase_weight(row: Row) -> ChaseWeight:
    """A row of the table `chase_weights`."""
    months = frozenset(int(each) for each in _split(row["months"]))
    if not months <= frozenset(range(1, 13)):
        raise ValueError("months go from 1 to 12")
    about = Weighs(row["about"])
    return ChaseWeight(row["code"], row["plain_words"], about, _whole(row["value"]), row["of"], months)


def contact_rule(row: Row) -> ContactRule:
    """A row of the table `contact_protocol`."""
    first, every = _whole(row["first_days"]), _whole(row["every_days"])
    if not every:
        raise ValueError("it does not say how often")
    return ContactRule(
        code=row["code"],
        words=row["plain_words"],
        authority=row["authority"],
        order=int(row["order"]),
        status=Status(row["status"]),
        need=row["need"],
        only_vulnerable=_yes(row["only_vulnerable"]),
        activities=frozenset(_split(row["activities"])),
        first_days=first,
        every_days=every,
        before_end_days=_whole(row["before_end_days"]),
    )


def _yes(value: str) -> bool:
    if value not in ("Y", "N"):
        raise ValueError(f"{value!r} is neither Y nor N")
    return value == "Y"


def _whole(text: str) -> int:
    number = int(text or 0)
    if number < 0:
        raise ValueError(f"{text} is below nothing")
    return number


def _split(text: str) -> list[str]:
    return text.replace(",", " ").split()
