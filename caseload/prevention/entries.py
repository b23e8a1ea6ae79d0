"""Rows of the at-risk list as many come onto it at once; for acts that have looked at who may, and that record it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from caseload.prevention.models import AtRisk, RiskFact
from caseload.prevention.statements import RiskRow
from neet import clock
from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.register.models import YoungPerson
from tracking.rules.risk import ReadFrom


@dataclass(frozen=True, slots=True)
class PutOn:
    """What happened to one of them: a new entry or one that was there, the reasons, facts and words that were added."""

    entry: AtRisk
    is_new: bool
    reasons: tuple[str, ...]
    facts: tuple[str, ...]
    words: str


def put_on_list(rows: Iterable[RiskRow], said_by: str, by: User | None) -> list[PutOn]:
    """Put these on the list, or add to what is said of them there; each once, whoever they are. For acts that have
    looked at who may, and that record it. Seven statements whatever their number."""
    kept = _without_objected(_once(rows))
    entries = AtRisk.objects.select_for_update(of=("self",)).filter(
        person__in=[each.person for each in kept], ends_on=None
    )
    there = {each.person_id: each for each in entries}
    made = AtRisk.objects.bulk_create(
        AtRisk(
            person_id=each.person, said_by=said_by, reasons=list(each.reasons), words=_line(each),
            establishment_id=each.establishment, entered_by=by,
        )
        for each in kept
        if each.person not in there
    )  # fmt: skip
    new = {each.person_id: each for each in made}
    facts = keep_facts(kept, by)
    done = [
        _added(there[each.person], each, facts.get(each.person, ()))
        if each.person in there
        else PutOn(new[each.person], True, each.reasons, facts.get(each.person, ()), _line(each))
        for each in kept
    ]
    AtRisk.objects.bulk_update(there.values(), ["reasons", "words"])
    return done


def _once(rows: Iterable[RiskRow]) -> list[RiskRow]:
    """Each young person once, with all that is said of them."""
    found: dict[int, RiskRow] = {}
    for each in rows:
        if before := found.get(each.person):
            reasons = tuple(dict.fromkeys([*before.reasons, *each.reasons]))
            each = replace(before, reasons=reasons, words=before.words or each.words)
        found[each.person] = each
    return list(found.values())


def _line(row: RiskRow) -> str:
    return row.words.strip()[:240]


def _added(entry: AtRisk, row: RiskRow, facts: tuple[str, ...]) -> PutOn:
    """What a row adds to an entry: reasons it had not, and words where it had none."""
    reasons = tuple(each for each in row.reasons if each not in entry.reasons)
    words = "" if entry.words else _line(row)
    entry.reasons, entry.words = [*entry.reasons, *reasons], entry.words or words
    return PutOn(entry, False, reasons, facts, words)


def _without_objected(rows: list[RiskRow]) -> list[RiskRow]:
    """What schools may not pass on is not kept."""
    from_schools = [each.person for each in rows if each.establishment]
    objecting = YoungPerson.objects.filter(objection_in_force(clock.today()), pk__in=from_schools)
    withheld = set(objecting.values_list("pk", flat=True))
    return [
        RiskRow(each.person, establishment=each.establishment)
        if each.establishment and each.person in withheld
        else each
        for each in rows
    ]


def keep_facts(rows: Iterable[RiskRow], by: User | None) -> dict[int, tuple[str, ...]]:
    """What only people can say becomes a fact that counts among the points; what is known from the register does
    not have to. The facts that are new, by person. Two statements."""
    factors = ruleset(clock.today()).risk_factors
    said = {code for code, each in factors.items() if each.source is ReadFrom.SAID}
    told = {(row.person, code): row.establishment for row in rows for code in row.reasons if code in said}
    known = set(
        RiskFact.objects.filter(person__in={person for person, _ in told}, until=None).values_list(
            "person_id", "factor"
        )
    )
    new = [key for key in told if key not in known]
    RiskFact.objects.bulk_create(
        [
            RiskFact(person_id=person, factor=code, establishment_id=told[person, code], entered_by=by)
            for person, code in new
        ],
        ignore_conflicts=True,
    )
    return {
        person: tuple(code for whose, code in new if whose == person) for person in {each for each, _ in new}
    }
