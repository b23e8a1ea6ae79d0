"""The rules of one reporting year in one frozen object: codes, currency, errors and limits on a day.

The tables are data with dates (`tracking/reference/seed/*.csv`, then the database, edited on screen). A new
reporting year is new rows, not new Python.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from tracking.rules.allocation import (
    AllocationRule,
    Example,
    OfferRule,
    Rulebook,
    allocation_rule,
    example,
    offer_rule,
)
from tracking.rules.chase import (
    ChaseWeight,
    ContactOutcome,
    ContactRule,
    Rung,
    Weights,
    chase_weight,
    contact_outcome,
    contact_rule,
    protocol_of,
    rung,
)
from tracking.rules.codes import (
    ActivityCode,
    AreaCode,
    AreaKind,
    Basis,
    Belief,
    CharacteristicCode,
    Code,
    CohortKind,
    CohortStatusCode,
    CurrencyRule,
    ErrorRule,
    Evidence,
    FigureMonths,
    GuaranteeStatusCode,
    Measure,
    Need,
    Requirement,
    Status,
)
from tracking.rules.council_year import CampaignKind, PlanItem, campaign_kind, plan_item
from tracking.rules.letters import LetterSeries, LetterWording, letter_series, letter_wording
from tracking.rules.plan_steps import StepRule, plan_step
from tracking.rules.risk import RiskFactor, risk_factor
from tracking.rules.wordings import AnswerOffered, MessageWording, answer_offered, message_wording

SEED = Path(__file__).resolve().parent.parent / "reference" / "seed"

# Every table with the columns that, beside valid_from, tell one row from another.
TABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "activity_codes": ("code",),
        "activity_requirements": ("activity_code", "needs"),
        "currency_rules": ("activity_code",),
        "characteristic_codes": ("code",),
        "cohort_status_codes": ("code",),
        "ethnicity_codes": ("code",),
        "gender_codes": ("code",),
        "guarantee_status_codes": ("code",),
        "intended_destination_codes": ("code",),
        "la_codes": ("code",),
        "level_of_need_codes": ("code",),
        "yes_no_codes": ("code",),
        "limits": ("name",),
        "formats": ("name", "value"),
        "precedence": ("field", "source"),
        "error_rules": ("code",),
        "figure_months": ("code",),
        "allocation_rules": ("code",),
        "offer_rules": ("code",),
        "allocation_examples": ("code",),
        "letter_series": ("code",),
        "letter_wordings": ("code", "language"),
        "risk_factors": ("code",),
        "contact_outcomes": ("code",),
        "source_ladder": ("code",),
        "chase_weights": ("code",),
        "contact_protocol": ("code",),
        "plan_steps": ("code",),
        "campaign_kinds": ("code",),
        "plan_items": ("code",),
        "message_wordings": ("code",),
        "answers_offered": ("code",),
    }
)

T = TypeVar("T")
Row = Mapping[str, str]
Tables = Mapping[str, Iterable[Row]]


class BadRow(ValueError):
    """A row of a rule table that cannot be used; the message names the table, the row and the reason."""


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All rules as they stood on one day."""

    on: date
    activities: Mapping[str, ActivityCode]
    requirements: tuple[Requirement, ...]
    currency: Mapping[str, CurrencyRule]
    characteristics: Mapping[str, CharacteristicCode]
    cohort_statuses: Mapping[str, CohortStatusCode]
    ethnicities: Mapping[str, Code]
    genders: Mapping[str, Code]
    guarantee_statuses: Mapping[str, GuaranteeStatusCode]
    intended_destinations: Mapping[str, Code]
    areas: Mapping[str, AreaCode]
    levels_of_need: Mapping[str, Code]
    yes_no: Mapping[str, Code]
    limits: Mapping[str, int]
    formats: Mapping[str, tuple[str, ...]]
    precedence: Mapping[tuple[str, str], Belief]
    errors: Mapping[str, ErrorRule]
    figure_months: Mapping[str, FigureMonths]
    allocation_rules: Mapping[str, AllocationRule]
    offer_rules: Mapping[str, OfferRule]
    allocation_examples: Mapping[str, Example]
    letter_series: Mapping[str, LetterSeries]
    letter_wordings: Mapping[tuple[str, str], LetterWording]
    risk_factors: Mapping[str, RiskFactor]
    contact_outcomes: Mapping[str, ContactOutcome]
    source_ladder: Mapping[str, Rung]
    chase_weights: Mapping[str, ChaseWeight]
    contact_protocol: Mapping[str, ContactRule]
    plan_steps: Mapping[str, StepRule]
    campaign_kinds: Mapping[str, CampaignKind]
    plan_items: Mapping[str, PlanItem]
    message_wordings: Mapping[str, MessageWording]
    answers_offered: Mapping[str, AnswerOffered]

    @classmethod
    def from_rows(cls, on: date, tables: Tables) -> "RuleSet":
        """The rules on that day from rows of text by table name. Raises BadRow where a row cannot be used."""
        return cls(
            on=on,
            activities=_by_code(on, tables, "activity_codes", _activity),
            requirements=tuple(_read(on, tables, "activity_requirements", _requirement)),
            currency=_by_code(on, tables, "currency_rules", _currency),
            characteristics=_by_code(on, tables, "characteristic_codes", _characteristic),
            cohort_statuses=_by_code(on, tables, "cohort_status_codes", _cohort_status),
            ethnicities=_by_code(on, tables, "ethnicity_codes", _code),
            genders=_by_code(on, tables, "gender_codes", _code),
            guarantee_statuses=_by_code(on, tables, "guarantee_status_codes", _guarantee_status),
            intended_destinations=_by_code(on, tables, "intended_destination_codes", _code),
            areas=_by_code(on, tables, "la_codes", _area),
            levels_of_need=_by_code(on, tables, "level_of_need_codes", _code),
            yes_no=_by_code(on, tables, "yes_no_codes", _code),
            limits=_by_code(on, tables, "limits", _limit),
            formats=_formats(on, tables),
            precedence=MappingProxyType(dict(_read(on, tables, "precedence", _belief))),
            errors=_by_code(on, tables, "error_rules", _error),
            figure_months=_by_code(on, tables, "figure_months", _figure_months),
            allocation_rules=_by_code(on, tables, "allocation_rules", allocation_rule),
            offer_rules=_by_code(on, tables, "offer_rules", offer_rule),
            allocation_examples=_by_code(on, tables, "allocation_examples", example),
            letter_series=_by_code(on, tables, "letter_series", letter_series),
            letter_wordings=_wordings(on, tables),
            risk_factors=_by_code(on, tables, "risk_factors", risk_factor),
            contact_outcomes=_by_code(on, tables, "contact_outcomes", contact_outcome),
            source_ladder=_by_code(on, tables, "source_ladder", rung),
            chase_weights=_by_code(on, tables, "chase_weights", chase_weight),
            contact_protocol=_by_code(on, tables, "contact_protocol", contact_rule),
            plan_steps=_by_code(on, tables, "plan_steps", plan_step),
            campaign_kinds=_by_code(on, tables, "campaign_kinds", campaign_kind),
            plan_items=_by_code(on, tables, "plan_items", plan_item),
            message_wordings=_by_code(on, tables, "message_wordings", message_wording),
            answers_offered=_by_code(on, tables, "answers_offered", answer_offered),
        )

    @classmethod
    def from_csv(cls, on: date) -> "RuleSet":
        """The rules on that day from the seed files, for commands and tests without a database."""
        return cls.from_rows(on, seed_tables())

    def activities_with(self, status: Status) -> frozenset[str]:
        """The activity codes that count as this status."""
        return frozenset(code for code, activity in self.activities.items() if activity.status is status)

    def needing(self, need: Need) -> Mapping[str, str]:
        """The activity codes that ask for this, with the value asked for."""
        return {asked.activity_code: asked.value for asked in self.requirements if asked.need is need}

    def asked_by(self, error: str) -> Mapping[str, str]:
        """The activity codes this DfE error looks at, with the value it asks for."""
        return {asked.activity_code: asked.value for asked in self.requirements if asked.error == error}

    def cohort_letters(self, *kinds: CohortKind) -> frozenset[str]:
        """The cohort status letters of these kinds."""
        return frozenset(letter for letter, status in self.cohort_statuses.items() if status.kind in kinds)

    def areas_of(self, *kinds: AreaKind) -> frozenset[str]:
        """The local authority codes of these kinds."""
        return frozenset(code for code, area in self.areas.items() if area.kind in kinds)

    def belief(self, field: str, source: str) -> Belief:
        """How this source's word stands on a field; who is not listed is not believed."""
        return self.precedence.get((field, source), Belief.NEVER)

    def believed(self, field: str) -> frozenset[str]:
        """The sources whose later word on a field stands against anybody's earlier one."""
        return frozenset(
            source
            for (of, source), belief in self.precedence.items()
            if of == field and belief is Belief.NEWEST
        )

    def rulebook(self, authority: str) -> Rulebook:
        """Who answers and what is offered at this authority (its DfE number)."""
        return Rulebook.of(self.allocation_rules.values(), self.offer_rules.values(), authority)

    @property
    def weights(self) -> Weights:
        """What a call is worth on the day."""
        return Weights(self.chase_weights)

    def protocol(self, authority: str) -> tuple[ContactRule, ...]:
        """How soon and how often this authority (its DfE number) speaks to whom."""
        return protocol_of(self.contact_protocol.values(), authority)

    @property
    def authorities(self) -> frozenset[str]:
        """The recognised English local authorities, Service Children's Education among them."""
        return self.areas_of(AreaKind.AUTHORITY, AreaKind.NON_GEOGRAPHIC)


@cache
def seed_tables() -> Mapping[str, tuple[Row, ...]]:
    """Every seed table as rows of text."""
    return MappingProxyType({name: tuple(_seed_rows(name)) for name in TABLES})


def _seed_rows(name: str) -> Iterator[Row]:
    with (SEED / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def holds_on(row: Row, on: date) -> bool:
    """Whether a dated row is valid on a day; both ends count, an empty end is open."""
    day = on.isoformat()
    return (row.get("valid_from") or "") <= day <= (row.get("valid_to") or "9999-12-31")


def _read(on: date, tables: Tables, name: str, parse: Callable[[Row], T]) -> Iterator[T]:
    for row in tables[name]:
        if holds_on(row, on):
            try:
                yield parse(row)
            except (KeyError, ValueError) as problem:
                raise BadRow(f"{name}: {_named(name, row)}: {problem}") from problem


def _by_code(on: date, tables: Tables, name: str, parse: Callable[[Row], T]) -> Mapping[str, T]:
    key = TABLES[name][0]
    found: dict[str, T] = {}
    for code, value in _read(on, tables, name, lambda row: (row[key], parse(row))):
        if code in found:
            raise BadRow(f"{name}: {code} has two rows that hold on {on.isoformat()}")
        found[code] = value
    return MappingProxyType(found)


def _formats(on: date, tables: Tables) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in _read(on, tables, "formats", lambda row: (row["name"], row["value"])):
        found[name] = (*found.get(name, ()), value)
    return MappingProxyType(found)


def _wordings(on: date, tables: Tables) -> Mapping[tuple[str, str], LetterWording]:
    found = _read(on, tables, "letter_wordings", letter_wording)
    return MappingProxyType({(each.code, each.language): each for each in found})


def _named(name: str, row: Row) -> str:
    return " ".join(row.get(column, "?") for column in TABLES[name])


def _yes(value: str) -> bool:
    if value not in ("Y", "N"):
        raise ValueError(f"{value!r} is neither Y nor N")
    return value == "Y"


def _plain(row: Row) -> tuple[str, str, str, Evidence]:
    return row["code"], row["label"], row["plain_words"], Evidence(row["evidence"])


def _code(row: Row) -> Code:
    return Code(*_plain(row))


def _activity(row: Row) -> ActivityCode:
    return ActivityCode(
        *_plain(row),
        family=row["family"],
        status=Status(row["status"]),
        participation_type=row["participation_type"],
        counts_in_education_and_training=_yes(row["counts_in_education_and_training"]),
        duty=row["duty"],
        duty_evidence=Evidence(row["duty_evidence"]),
    )


def _requirement(row: Row) -> Requirement:
    return Requirement(row["activity_code"], Need(row["needs"]), row["value"], row["error"])


def _currency(row: Row) -> CurrencyRule:
    return CurrencyRule(
        activity_code=row["activity_code"],
        basis=Basis(row["basis"]),
        amount=int(row["amount"] or 0),
        unit=row["unit"],
        capped_by_end=_yes(row["capped_by_end"]),
        evidence=Evidence(row["evidence"]),
    )


def _characteristic(row: Row) -> CharacteristicCode:
    return CharacteristicCode(*_plain(row), _yes(row["in_vulnerable_group"]), row["not_with_gender"])


def _cohort_status(row: Row) -> CohortStatusCode:
    return CohortStatusCode(
        *_plain(row),
        kind=CohortKind(row["kind"]),
        sent_once=_yes(row["sent_once"]),
        may_be_over_age=_yes(row["may_be_over_age"]),
        may_lack_plan=_yes(row["may_lack_plan"]),
    )


def _guarantee_status(row: Row) -> GuaranteeStatusCode:
    return GuaranteeStatusCode(
        *_plain(row), row["family"], _yes(row["valid_year_11"]), _yes(row["valid_year_12"])
    )


def _area(row: Row) -> AreaCode:
    return AreaCode(*_plain(row), AreaKind(row["kind"]), row["ons_code"], row["region"])


def _belief(row: Row) -> tuple[tuple[str, str], Belief]:
    return (row["field"], row["source"]), Belief(row["belief"])


def _limit(row: Row) -> int:
    return int(row["value"])


def _error(row: Row) -> ErrorRule:
    return ErrorRule(
        code=row["code"],
        priority=int(row["priority"]),
        field=row["field"],
        place=row["place"],
        wrong=row["wrong"],
        mend=row["mend"],
        rejects_file=_yes(row["rejects_file"]),
        evidence=Evidence(row["evidence"]),
    )


def _figure_months(row: Row) -> FigureMonths:
    return FigureMonths(
        code=row["code"],
        plain_words=row["plain_words"],
        measure=Measure(row["measure"]),
        months=tuple(int(month) for month in row["months"].split()),
        evidence=Evidence(row["evidence"]),
    )
