"""Who answers for a young person who is NEET, and what they are offered: ordered, dated rules over a few facts.

The rules are data (`allocation_rules`, `offer_rules`); months bound a rule, not days, so that the end of February
needs no leap year. A council's own rows stand before those for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self

YEAR = "year_"
AGREED_WITH = "agreed:"
A_PERSON_DECIDES = "a person decides"
MONTHS = range(1, 13)


class Fact(StrEnum):
    """Something about a young person that a rule may ask for. The value is how the tables write it."""

    PLAN = "plan"
    WANTS_EDUCATION = "wants_education"
    NOT_EDUCATION = "not_education"
    CARE_HERE = "care_here"
    CARE_ELSEWHERE = "care_elsewhere"
    CARE_LEAVER = "care_leaver"
    UNACCOMPANIED = "unaccompanied"
    COURT_ORDER = "court_order"
    PREGNANT = "pregnant"
    PARENT = "parent"
    HOME_EDUCATED = "home_educated"
    ASKS_FOR_SUPPORT = "asks_for_support"
    AGREED = "agreed"


FACT_WORDS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.PLAN: "an EHC plan",
        Fact.WANTS_EDUCATION: "wants to go on in education",
        Fact.NOT_EDUCATION: "does not want education",
        Fact.CARE_HERE: "looked after by this council",
        Fact.CARE_ELSEWHERE: "looked after by another council",
        Fact.CARE_LEAVER: "a care leaver",
        Fact.UNACCOMPANIED: "an unaccompanied asylum-seeking child",
        Fact.COURT_ORDER: "a court order",
        Fact.PREGNANT: "pregnant",
        Fact.PARENT: "a parent",
        Fact.HOME_EDUCATED: "educated at home before",
        Fact.ASKS_FOR_SUPPORT: "asks for support",
        Fact.AGREED: "agreed at screening",
    }
)


class Offer(StrEnum):
    """How much support somebody is given."""

    CASELOAD = "caseload"
    TELEPHONE = "telephone"
    MINIMAL = "minimal"


@dataclass(frozen=True, slots=True)
class Answers:
    """What a young person's latest screening said, as far as rules ask: None where it was not asked or not known.
    `agreed` is the service that wants to lead, or that an officer chose."""

    wants_education: bool | None = None
    agreed: str = ""
    asks_for_support: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules read of one young person."""

    year_group: int | None = None
    holds: frozenset[Fact] = frozenset()
    agreed: str = ""

    @classmethod
    def written(cls, words: Iterable[str]) -> Self:
        """Facts as a case or an example keeps them: `year_13 plan agreed:youth-justice`. Raises ValueError."""
        year_group, agreed, holds = None, "", set()
        for word in words:
            if word.startswith(YEAR):
                year_group = int(word.removeprefix(YEAR))
            elif word.startswith(AGREED_WITH):
                agreed = word.removeprefix(AGREED_WITH)
            else:
                holds.add(Fact(word))
        return cls(year_group, frozenset(holds), agreed)

    @property
    def words(self) -> list[str]:
        """What `written` reads, in an order that stays."""
        year = [] if self.year_group is None else [f"{YEAR}{self.year_group}"]
        agreed = [f"{AGREED_WITH}{self.agreed}"] if self.agreed else []
        return [*year, *(str(fact) for fact in Fact if fact in self.holds), *agreed]

    def answered(self, answers: Answers) -> "Facts":
        """With what the screening said."""
        wants = {True: {Fact.WANTS_EDUCATION}, False: {Fact.NOT_EDUCATION}, None: set[Fact]()}
        asks = {Fact.ASKS_FOR_SUPPORT} if answers.asks_for_support else set()
        kept = self.holds - {Fact.WANTS_EDUCATION, Fact.NOT_EDUCATION, Fact.ASKS_FOR_SUPPORT}
        return Facts(self.year_group, kept | wants[answers.wants_education] | asks, answers.agreed)

    def in_year(self, year_group: int | None) -> "Facts":
        """The same in another school year."""
        return Facts(year_group, self.holds, self.agreed)


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule fits: all of `needs`, none of `none_of`, one of `any_of` where any are named, the year group, and
    the month of the day; from September to February runs over the turn of the year."""

    needs: frozenset[Fact] = frozenset()
    none_of: frozenset[Fact] = frozenset()
    any_of: frozenset[Fact] = frozenset()
    year_groups: frozenset[int] = frozenset()
    first_month: int = 1
    last_month: int = 12

    def fits(self, facts: Facts, on: date, *, agreed: bool = False) -> bool:
        held = facts.holds | {Fact.AGREED} if agreed else facts.holds
        return (
            self.needs <= held
            and self.none_of.isdisjoint(held)
            and (not self.any_of or not self.any_of.isdisjoint(held))
            and (not self.year_groups or facts.year_group in self.year_groups)
            and self.within(on.month)
        )

    def within(self, month: int) -> bool:
        first, last = self.first_month, self.last_month
        return first <= month <= last if first <= last else month >= first or month <= last


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """Which service answers. `words` say the reason: "a court order". Two that insist on different services cannot be
    settled by a rule."""

    code: str
    words: str
    authority: str
    order: int
    when: Condition
    service: str
    insists: bool = False

    def fits(self, facts: Facts, on: date) -> bool:
        return self.when.fits(facts, on, agreed=facts.agreed == self.service)


@dataclass(frozen=True, slots=True)
class OfferRule:
    """What is offered, and the reason in words."""

    code: str
    words: str
    authority: str
    order: int
    when: Condition
    offer: Offer

    def fits(self, facts: Facts, on: date) -> bool:
        return self.when.fits(facts, on)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One council's rules of a day, in the order in which they are asked."""

    allocation: tuple[AllocationRule, ...]
    offers: tuple[OfferRule, ...]

    @classmethod
    def of(
        cls, allocation: Iterable[AllocationRule], offers: Iterable[OfferRule], authority: str
    ) -> "Rulebook":
        """The council's own rules, then everybody's."""
        return cls(
            tuple(sorted((each for each in allocation if each.authority in ("", authority)), key=_place)),
            tuple(sorted((each for each in offers if each.authority in ("", authority)), key=_place)),
        )

    def words(self, code: str) -> str:
        """The reason a rule gives; the code itself where the rule is gone."""
        named: tuple[AllocationRule | OfferRule, ...] = (*self.allocation, *self.offers)
        return next((each.words for each in named if each.code == code), code)


def _place(rule: AllocationRule | OfferRule) -> tuple[bool, int, str]:
    return rule.authority == "", rule.order, rule.code


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rules say: a service, or nobody because two rules insist or none fits. `also` names the other rules
    that fit, by code."""

    service: str
    rule: str
    also: tuple[str, ...]
    conflict: bool
    offer: Offer
    offer_rule: str

    @property
    def needs_a_person(self) -> bool:
        return not self.service


def decide(facts: Facts, on: date, rules: Rulebook) -> Decision:
    """Who answers and what is offered on a day (R62, R75).

    The first rule that fits decides. Where it insists and a later one that fits insists on another service, nobody
    is named: a person decides. Without any offer rule that fits, somebody is case-loaded.
    """
    fitting = [rule for rule in rules.allocation if rule.fits(facts, on)]
    offer, offer_rule = offered(facts, on, rules)
    if not fitting:
        return Decision("", "", (), False, offer, offer_rule)
    first, *others = fitting
    conflict = first.insists and any(rule.insists and rule.service != first.service for rule in others)
    also = tuple(rule.code for rule in others if rule.service != first.service)
    return Decision("" if conflict else first.service, first.code, also, conflict, offer, offer_rule)


def offered(facts: Facts, on: date, rules: Rulebook) -> tuple[Offer, str]:
    """What is offered on a day, and the rule that says so."""
    for rule in rules.offers:
        if rule.fits(facts, on):
            return rule.offer, rule.code
    return Offer.CASELOAD, ""


@dataclass(frozen=True, slots=True)
class Example:
    """A young person somebody thought of, and what the rules should say of them. `service` may be
    A_PERSON_DECIDES, or empty where only the offer is asked."""

    code: str
    words: str
    authority: str
    facts: Facts
    on: date
    service: str
    offer: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """An example that comes out otherwise than it should."""

    example: Example
    should: str
    becomes: str

    def told(self, names: Mapping[str, str]) -> str:
        """In a sentence; `names` are what services and support are called here."""
        should, becomes = names.get(self.should, self.should), names.get(self.becomes, self.becomes)
        return f"“{self.example.words}” should be: {should}. It would be: {becomes}."


def otherwise(examples: Iterable[Example], rules: Mapping[str, Rulebook]) -> tuple[Otherwise, ...]:
    """The examples that do not come out as they should; `rules` by authority number, "" for everybody's."""
    found = []
    for example in examples:
        told = decide(example.facts, example.on, rules.get(example.authority, rules[""]))
        asked = ((example.service, told.service or A_PERSON_DECIDES), (example.offer, str(told.offer)))
        found += [
            Otherwise(example, should, becomes) for should, becomes in asked if should and should != becomes
        ]
    return tuple(found)


def rulebooks(
    allocation: Sequence[AllocationRule], offers: Sequence[OfferRule], examples: Iterable[Example] = ()
) -> Mapping[str, Rulebook]:
    """The rules of everybody ("") and of each council that has rules or examples of its own."""
    rows: tuple[AllocationRule | OfferRule | Example, ...] = (*allocation, *offers, *examples)
    named = {each.authority for each in rows} | {""}
    return {number: Rulebook.of(allocation, offers, number) for number in sorted(named)}


# -- reading the tables

Row = Mapping[str, str]


def allocation_rule(row: Row) -> AllocationRule:
    """A row of the table `allocation_rules`. Raises ValueError with the reason."""
    if not row["service"]:
        raise ValueError("it names no service")
    insists = row["insists"] == "Y"
    return AllocationRule(*_named(row), _condition(row), row["service"], insists)


def offer_rule(row: Row) -> OfferRule:
    """A row of the table `offer_rules`. Raises ValueError with the reason."""
    return OfferRule(*_named(row), _condition(row), Offer(row["offer"]))


def example(row: Row) -> Example:
    """A row of the table `allocation_examples`. Raises ValueError with the reason."""
    offer = row["offer"]
    if offer:
        Offer(offer)
    facts = Facts.written(_split(row["facts"]))
    on = date.fromisoformat(row["on"])
    return Example(row["code"], row["plain_words"], row["authority"], facts, on, row["service"], offer)


def _named(row: Row) -> tuple[str, str, str, int]:
    return row["code"], row["plain_words"], row["authority"], int(row["order"])


def _condition(row: Row) -> Condition:
    return Condition(
        needs=_facts(row["needs"]),
        none_of=_facts(row["none_of"]),
        any_of=_facts(row["any_of"]),
        year_groups=frozenset(int(each) for each in _split(row["year_groups"])),
        first_month=_month(row["first_month"], 1),
        last_month=_month(row["last_month"], 12),
    )


def _facts(text: str) -> frozenset[Fact]:
    known = ", ".join(Fact)
    wrong = [word for word in _split(text) if word not in set(Fact)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no fact that rules know; they know {known}")
    return frozenset(Fact(word) for word in _split(text))


def _month(text: str, otherwise: int) -> int:
    month = int(text or otherwise)
    if month not in MONTHS:
        raise ValueError(f"{text} is no month: they go from 1 to 12")
    return month


def _split(text: str) -> list[str]:
    return text.replace(",", " ").split()
