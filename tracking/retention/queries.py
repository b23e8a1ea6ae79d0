"""Reading about keeping: whose time is over, what is on a list, which holds stand, what breaches wait for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import Characteristic
from tracking.retention.classes import Holding
from tracking.retention.models import Breach, ErasureLine, ErasureRun, Keeping, LegalHold
from tracking.retention.sql import text
from tracking.rules.codes import CohortKind
from tracking.rules.retention import RecordClass, RetentionRule, due_until, rules_of

LEAVING = (
    CohortKind.AGED_OUT, CohortKind.PLAN_ENDED, CohortKind.TRANSFERRED, CohortKind.LEFT_ENGLAND,
    CohortKind.MERGED, CohortKind.DECEASED,
)  # fmt: skip
ICO_HOURS = 72

# Who waits though their time is over, and why; the word is ErasureLine.Held.
HELD = """
    case when exists (select from tracking_legalhold h where h.lifted_at is null
                        and (h.until is null or h.until >= %(on)s)
                        and (h.person_id = j.id or h.person_id is null and h.authority_id = %(authority)s)) then 'hold'
         when exists (select from tracking_responsibility r where r.person_id = j.id
                        and r.starts_on <= %(on)s and (r.ends_on is null or r.ends_on >= %(on)s)) then 'in_work'
         else '' end
"""


@dataclass(frozen=True, slots=True)
class ClassDue:
    """One class of things beside people: the rule it goes by, and up to which day they were made to be over."""

    rule: RetentionRule
    until: date


def rules_on(authority: Authority, on: date) -> tuple[RetentionRule, ...]:
    """The rules that hold in a council on a day."""
    return rules_of(ruleset(on).retention_rules.values(), authority.code)


def judged(authority: Authority, on: date, people: Sequence[int] | None = None) -> tuple[str, dict[str, Any]]:
    """The statement that says of everybody (or these people) when their time is over, and what it asks for."""
    rules = [rule for rule in rules_on(authority, on) if rule.record_class is RecordClass.YOUNG_PERSON]
    dated = ruleset(on)
    return text("judged"), {
        "authority": authority.pk,
        "on": on,
        "people": list(people) if people is not None else None,
        "codes": [rule.code for rule in rules],
        "traits": [rule.applies_to for rule in rules],
        "clocks": [str(rule.clock) for rule in rules],
        "archive": [rule.archive_months for rule in rules],
        "erase": [rule.erase_months for rule in rules],
        "left": sorted(dated.cohort_letters(*LEAVING)),
        "plan": Characteristic.EHCP,
        **{name: dated.limits[name] for name in ("oldest_with_plan", "oldest_without_plan")},
    }


def classes_due(authority: Authority, on: date) -> tuple[ClassDue, ...]:
    """The classes of things beside people that end one day; of several rules of one class the longest wins."""
    found: dict[RecordClass, ClassDue] = {}
    for rule in rules_on(authority, on):
        until = due_until(rule, on)
        if rule.record_class is RecordClass.YOUNG_PERSON or until is None:
            continue
        known = found.get(rule.record_class)
        if known is None or until < known.until:
            found[rule.record_class] = ClassDue(rule, until)
    return tuple(found.values())


def needs_second(authority_id: int) -> bool:
    """Whether two people erase in this council: yes, unless it said otherwise."""
    kept = Keeping.objects.filter(authority=authority_id).first()
    return kept is None or kept.second_person


def keeping_of(authority_id: int) -> Keeping:
    """How a council erases."""
    return Keeping.objects.filter(authority=authority_id).first() or Keeping(authority_id=authority_id)


def councils_of(user: User) -> list[int]:
    """The councils in which somebody erases."""
    return [place.authority_id for place in scope_of(user).where(Permission.ERASE) if place.authority_id]


def erasure_of(person_id: int) -> ErasureRun | None:
    """The list on which somebody was last proposed to be erased because they asked; it goes with them."""
    asked = ErasureRun.objects.filter(lines__person=person_id, cause=ErasureRun.Cause.RIGHT)
    return asked.order_by("-pk").first()


def runs_of(user: User) -> QuerySet[ErasureRun]:
    """The lists somebody may look at."""
    return ErasureRun.objects.filter(authority__in=councils_of(user)).select_related(
        "authority", "listed_by", "proposed_by", "released_by"
    )


def open_list(authority_id: int) -> ErasureRun | None:
    """The list of whose time is over, as long as it is neither erased nor called off."""
    found = ErasureRun.objects.filter(
        authority=authority_id, cause=ErasureRun.Cause.TIME, state__in=ErasureRun.OPEN
    )
    return found.select_related("authority", "listed_by", "proposed_by", "released_by").first()


def lines_of(run: ErasureRun) -> QuerySet[ErasureLine]:
    """Everybody on a list, by the number of their record: no name is needed to see why."""
    return run.lines.select_related("person").only(
        "rule", "due_on", "held", "run", "person__ref", "person__young_person_id", "person__date_of_birth"
    )


def rule_words(run: ErasureRun) -> dict[str, str]:
    """What the rules of a list are called, by their short names."""
    own = {rule["code"]: rule["words"] for rule in run.rules}
    return {**dict(ErasureRun.Cause.choices), **own}


def standing_holds(authority_id: int, on: date) -> QuerySet[LegalHold]:
    """The holds that stop erasing on a day."""
    return LegalHold.objects.filter(authority=authority_id).standing(on)


# Records that were put together with a held one, whichever of them stands, are the same person's.
SAME_PEOPLE = """
    with recursive same as (
      select p.id, p.merged_into_id from tracking_youngperson p where p.id = any(%(people)s)
      union
      select p.id, p.merged_into_id from tracking_youngperson p
      join same s on p.merged_into_id = s.id or p.id = s.merged_into_id
    )
    select id from same order by id
"""


def holding(authority_id: int, on: date) -> Holding:
    """Who is on hold in a council on a day, with every record that is theirs; two statements."""
    people = list(standing_holds(authority_id, on).values_list("person", flat=True))
    if not people or None in people:
        return Holding(everybody=None in people)
    with connection.cursor() as cursor:
        cursor.execute(SAME_PEOPLE, {"people": people})
        return Holding(tuple(pk for (pk,) in cursor.fetchall()))


def holds_of(user: User) -> QuerySet[LegalHold]:
    """The holds of somebody's councils, those that stand first."""
    found = LegalHold.objects.filter(authority__in=councils_of(user))
    return found.select_related("person", "placed_by", "lifted_by")


def hold_on(person_id: int, on: date) -> LegalHold | None:
    """The hold that stands on one record, if there is one."""
    return LegalHold.objects.filter(person=person_id).standing(on).select_related("placed_by").first()


def tally(run: ErasureRun) -> Mapping[str, Mapping[str, int]]:
    """How many of a list go by which rule, and how many wait for which reason."""
    by = run.lines.values("rule", "held").annotate(people=Count("pk")).order_by("rule", "held")
    going: dict[str, int] = {}
    held: dict[str, int] = {}
    for each in by:
        into, key = (held, each["held"]) if each["held"] else (going, each["rule"])
        into[key] = into.get(key, 0) + each["people"]
    return MappingProxyType({"going": going, "held": held})


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a council still has to tell the ICO of a breach (UK GDPR art. 33: 72 hours from knowing of it)."""

    ends_at: datetime
    hours_left: int

    @property
    def is_over(self) -> bool:
        return self.hours_left < 0

    @property
    def words(self) -> str:
        return (
            "Less than an hour left"
            if self.hours_left < 1
            else f"{self.hours_left} of {ICO_HOURS} hours left"
        )


def clock_of(breach: Breach, at: datetime) -> Clock:
    """The 72 hours of one breach at a moment; whole hours, less than none once they are over."""
    ends_at = breach.known_at + timedelta(hours=ICO_HOURS)
    return Clock(ends_at, int((ends_at - at).total_seconds() // 3600))


def breaches_of(user: User) -> QuerySet[Breach]:
    """The breaches of somebody's councils, those not closed first."""
    where = [place.authority_id for place in scope_of(user).where(Permission.AUDIT_READ)]
    found = Breach.objects.filter(authority__in=[each for each in where if each])
    return found.select_related("recorded_by", "decided_by", "closed_by")


def waiting_breaches(user: User) -> list[Breach]:
    """Breaches of which somebody has to say whether the ICO is told, or that it was, the most urgent first."""
    waits = Q(tells_ico__isnull=True) | Q(tells_ico=True, told_at__isnull=True)
    return list(breaches_of(user).filter(waits, closed_at__isnull=True).order_by("known_at", "pk"))
