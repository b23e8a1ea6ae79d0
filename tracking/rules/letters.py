"""Which letter goes to whom, when, what it says and what ends it: ordered, dated rules, a council's own first.

The rules are data (`letter_series`, `letter_wordings`). Months bound when a letter is due; days count from the letter
before it. The facts a letter may ask for are few, and each is read from the register (caseload/letters/queries).
"""

import re
from calendar import month_name
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from types import MappingProxyType

from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.wordings import Asks

MONTHS = range(1, 13)
PLACEHOLDER = re.compile(r"{(\w*)}")
BULLET, TITLE = "- ", "## "


class LetterFact(StrEnum):
    """Something about a young person that a letter may ask for. The value is how the tables write it."""

    TAUGHT_AT_HOME = "taught_at_home"
    STILL_TAUGHT_AT_HOME = "still_taught_at_home"
    GUARANTEE = "guarantee"
    KNOWN = "known"
    NOT_KNOWN = "not_known"
    NEET = "neet"
    IN_LEARNING_OR_WORK = "in_learning_or_work"
    MESSAGES_ONLY = "messages_only"
    NOT_REACHED = "not_reached"


LETTER_FACT_WORDS: Mapping[LetterFact, str] = MappingProxyType(
    {
        LetterFact.TAUGHT_AT_HOME: "last known to be taught at home",
        LetterFact.STILL_TAUGHT_AT_HOME: "taught at home, and that still counts",
        LetterFact.GUARANTEE: "September Guarantee recorded",
        LetterFact.KNOWN: "what they do is known",
        LetterFact.NOT_KNOWN: "what they do is not known",
        LetterFact.NEET: "NEET",
        LetterFact.IN_LEARNING_OR_WORK: "in learning or work",
        LetterFact.MESSAGES_ONLY: "this month’s support is messages only",
        LetterFact.NOT_REACHED: "tried this school year, and nobody was reached",
    }
)


class Addressee(StrEnum):
    """To whom a letter is written."""

    PARENT = "parent"
    YOUNG_PERSON = "young_person"


class NoReply(StrEnum):
    """What follows when nobody answers in time."""

    NOTHING = "nothing"
    TASK = "task"
    REFERRAL = "referral"


class Placeholder(StrEnum):
    """What a wording may leave open."""

    FIRST_NAME = "first_name"
    NAME = "name"
    COUNCIL = "council"
    CONTACT = "contact"
    ANSWER_BY = "answer_by"


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is meant, and in which months: all of `needs`, none of `none_of`, one of the year groups where any are
    named. From November to August runs over the turn of the year."""

    needs: tuple[LetterFact, ...] = ()
    none_of: tuple[LetterFact, ...] = ()
    year_groups: tuple[int, ...] = ()
    first_month: int = 1
    last_month: int = 12

    def in_season(self, on: date) -> bool:
        first, last = self.first_month, self.last_month
        return first <= on.month <= last if first <= last else on.month >= first or on.month <= last

    @property
    def months(self) -> str:
        """In which months: "September to March"."""
        first, last = self.first_month, self.last_month
        if (first, last) == (1, 12):
            return "In any month"
        return month_name[first] if first == last else f"{month_name[first]} to {month_name[last]}"

    @property
    def reason(self) -> str:
        """Why somebody is on the list: "Year 11, last known to be taught at home, no September Guarantee recorded"."""
        years = " or ".join(f"Year {each}" for each in self.year_groups)
        held = [LETTER_FACT_WORDS[each] for each in self.needs]
        lacked = [f"no {LETTER_FACT_WORDS[each]}" for each in self.none_of]
        said = ", ".join(each for each in (years, *held, *lacked) if each)
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class Follows:
    """Which letter it comes after, how many days after it, and whether those who answered that one are left alone."""

    code: str = ""
    days: int = 0
    unanswered_only: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """In how many days an answer is asked for (0: none), and what follows without one. `attempts` is how often we
    have to have tried in a school year before `service` may be asked to take over, for `reason`."""

    days: int = 0
    then: NoReply = NoReply.NOTHING
    attempts: int = 0
    service: str = ""
    reason: str = ""

    def due_on(self, sent_on: date) -> date | None:
        return sent_on + timedelta(days=self.days) if self.days else None


@dataclass(frozen=True, slots=True)
class Closing:
    """What ends a letter beside an answer: any of these facts, or the first day of a month, unless a fact holds."""

    facts: tuple[LetterFact, ...] = ()
    month: int = 0
    unless: tuple[LetterFact, ...] = ()

    def ends_on(self, sent_on: date) -> date | None:
        """The first of the closing month that comes after the letter (R39: 1 November)."""
        if not self.month:
            return None
        first = date(sent_on.year, self.month, 1)
        return first if first > sent_on else first.replace(year=sent_on.year + 1)


@dataclass(frozen=True, slots=True)
class LetterSeries:
    """One letter of a series. `again_days` 0: once in a school year; letters of one wording count together. `asks` is
    what may be answered online, by a code in the letter; `by_email` whether it may go by e-mail too."""

    code: str
    words: str
    authority: str
    order: int
    to: Addressee
    wording: str
    audience: Audience
    follows: Follows
    again_days: int
    reply: Reply
    closing: Closing
    asks: Asks | None = None
    by_email: bool = False

    @property
    def matter(self) -> LetterFact | None:
        """What the letter is about: the first fact it needs. A later one on it takes the place of an earlier one."""
        return self.audience.needs[0] if self.audience.needs else None

    def quiet_since(self, on: date) -> date:
        """Whoever was sent this wording on or after this day is not due it again on that day."""
        if not self.again_days:
            return starts_on(academic_year(on))
        return on - timedelta(days=self.again_days - 1)


@dataclass(frozen=True, slots=True)
class LetterWording:
    """What a letter says in one language, from one day on: `version` tells which."""

    code: str
    language: str
    words: str
    heading: str
    text: str
    version: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading between paragraphs, or points below each other."""

    kind: str
    lines: tuple[str, ...]


def series_of(rules: Iterable[LetterSeries], authority: str) -> tuple[LetterSeries, ...]:
    """The letters of one council (its DfE number) in order; its own of a wording replace everybody's of that one."""
    all_rules = tuple(rules)
    own = [each for each in all_rules if authority and each.authority == authority]
    replaced = {each.wording for each in own}
    others = [each for each in all_rules if not each.authority and each.wording not in replaced]
    return tuple(sorted((*own, *others), key=lambda each: (each.order, each.code)))


def merged(text: str, facts: Mapping[str, str]) -> str:
    """The text with what it leaves open filled in."""
    return PLACEHOLDER.sub(lambda found: facts.get(found.group(1), ""), text)


def plain(text: str) -> str:
    """A text as it stands in an e-mail, without the signs that mark headings."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line.removeprefix(TITLE) for line in lines)


def blocks(text: str) -> tuple[Block, ...]:
    """A text as its paragraphs: an empty line ends one, "- " begins a point, "## " a heading."""
    lines = [line.strip() for line in text.splitlines()]
    found = [(kind, tuple(run)) for kind, run in groupby(lines, key=_kind_of)]
    return tuple(_block(kind, run) for kind, run in found if kind)


def _kind_of(line: str) -> str:
    if line.startswith(BULLET):
        return "points"
    return "heading" if line.startswith(TITLE) else "paragraph" if line else ""


def _block(kind: str, run: tuple[str, ...]) -> Block:
    plain = [line.removeprefix(BULLET).removeprefix(TITLE) for line in run]
    return Block(kind, tuple(plain) if kind == "points" else (" ".join(plain),))


# -- reading the tables

Row = Mapping[str, str]


def letter_series(row: Row) -> LetterSeries:
    """A row of the table `letter_series`. Raises ValueError with the reason."""
    if not row["wording"]:
        raise ValueError("it names no wording")
    return LetterSeries(
        code=row["code"],
        words=row["plain_words"],
        authority=row["authority"],
        order=int(row["order"]),
        to=Addressee(row["to"]),
        wording=row["wording"],
        audience=_audience(row),
        follows=Follows(row["after"], int(row["after_days"] or 0), row["unanswered_only"] == "Y"),
        again_days=int(row["again_days"] or 0),
        reply=_reply(row),
        closing=Closing(_facts(row["closes_when"]), _month(row["closes_month"], 0), _facts(row["unless"])),
        asks=_asks(row),
        by_email=row.get("by_email") == "Y",
    )


def _asks(row: Row) -> Asks | None:
    """What is asked online. The page is for the young person: it asks for their birthday, and takes their word."""
    asked = row.get("asks") or ""
    if asked and row["to"] != Addressee.YOUNG_PERSON:
        raise ValueError("only a letter to the young person may be answered online")
    return Asks(asked) if asked else None


def _audience(row: Row) -> Audience:
    return Audience(
        needs=_facts(row["needs"]),
        none_of=_facts(row["none_of"]),
        year_groups=tuple(sorted(int(each) for each in _split(row["year_groups"]))),
        first_month=_month(row["first_month"], 1),
        last_month=_month(row["last_month"], 12),
    )


def _reply(row: Row) -> Reply:
    then = NoReply(row["no_reply"])
    days = int(row["reply_days"] or 0)
    if then is not NoReply.NOTHING and not days:
        raise ValueError("it does not say in how many days an answer is asked for")
    if then is NoReply.REFERRAL and not row["refers_to"]:
        raise ValueError("it names no service that may be asked to take over")
    return Reply(days, then, int(row["attempts"] or 0), row["refers_to"], row["reason"])


def letter_wording(row: Row) -> LetterWording:
    """A row of the table `letter_wordings`. Raises ValueError with the reason."""
    known = set(Placeholder)
    for name in PLACEHOLDER.findall(f"{row['heading']} {row['letter']}"):
        if name not in known:
            filled = ", ".join(f"{{{each}}}" for each in Placeholder)
            raise ValueError(f"{{{name}}} is nothing that can be filled in; a letter may leave open {filled}")
    if not row["letter"].strip():
        raise ValueError("it says nothing")
    version = f"{row['valid_from']} {row['language']}"
    return LetterWording(
        row["code"], row["language"], row["plain_words"], row["heading"], row["letter"], version
    )


def _facts(text: str) -> tuple[LetterFact, ...]:
    words = _split(text)
    wrong = [word for word in words if word not in set(LetterFact)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no fact that letters know; they know {', '.join(LetterFact)}")
    return tuple(LetterFact(word) for word in words)


def _month(text: str, otherwise: int) -> int:
    month = int(text or otherwise)
    if month and month not in MONTHS:
        raise ValueError(f"{text} is no month: they go from 1 to 12")
    return month


def _split(text: str) -> list[str]:
    return text.replace(",", " ").split()
