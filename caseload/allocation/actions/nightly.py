"""What the turn of a day brings about for cases: a warning before support changes, and the hand-back on the day."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from caseload.allocation import sql
from caseload.allocation.actions.settling import lead
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import settings_of
from caseload.screening.queries import latest
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import year_group
from tracking.rules.allocation import Answers, Facts, Offer, offered
from tracking.rules.months import ReportingMonth

WARN = sql.text("warn")
TASK = "support_changes"
HEARD = " They answered us on "
HEARD_WITHIN = timedelta(weeks=8)
BECOMES = {
    Offer.CASELOAD: "they are case-loaded",
    Offer.TELEPHONE: "they get telephone support",
    Offer.MINIMAL: "they get messages only and go back to tracking",
}


@dataclass(frozen=True, slots=True)
class Changing:
    """A case whose support is another on a day because of the day."""

    case: Case
    offer: Offer
    rule: str


def offers_of_the_day(*, day: date) -> dict[str, int]:
    """Hand back whose support ended, and warn of those whose support ends soon (R75, R139), council by council.

    Done twice, late, or by two timers at once each happens once.
    """
    counts = {"handed_back": 0, "warned": 0}
    for authority in Authority.objects.filter(month_runs__isnull=False).distinct().order_by("pk"):
        counts["handed_back"] += hand_back(authority=authority, day=day)
        counts["warned"] += warn(authority=authority, day=day)
    return counts


def hand_back(*, authority: Authority, day: date) -> int:
    """Bring the newest month's cases to what the rules offer on the day: who gets messages only is handed back to
    tracking, and the lead ends the day before. How many changed.

    Facts are those the case was settled with; only whether they ask for support is asked anew. What a person decided
    to offer stays. Whoever is handed back stays on every tracking list (R77).
    """
    with recorded(Kind.NIGHTLY, by=None, authority_id=authority.pk) as event:
        one_at_a_time("month_of_cases", authority.pk)
        found = list(changing(authority, day))
        for each in found:
            case = each.case
            case.offer, case.offer_rule = each.offer, each.rule
            if each.offer is Offer.MINIMAL:
                case.state, case.ended_on = Case.State.HANDED_BACK, day
        Case.objects.bulk_update(
            [each.case for each in found], ["offer", "offer_rule", "state", "ended_on"], batch_size=500
        )
        lead([each.case.pk for each in found], day)
        event.subjects = [each.case.person_id for each in found]
        event.counts = {"changed": len(found)}
    return len(found)


def warn(*, authority: Authority, day: date) -> int:
    """A task for the worker, or the service, of each case whose support changes within the council's days of warning;
    it says whether they answered us lately, since who asks for support may keep it by telephone."""
    days = settings_of(authority).warn_days
    turning = first_of_next_month(day)
    if turning - timedelta(days=days) > day:
        return 0
    with recorded(Kind.NIGHTLY, by=None, authority_id=authority.pk) as event:
        found = list(changing(authority, turning))
        tasks = [
            {
                "id": each.case.pk,
                "words": f"From {turning.day} {turning:%B} {BECOMES[each.offer]}. "
                "If they ask for support, screen them again and they keep it by telephone.",
                "cause": turning.isoformat(),
                "due_on": str(turning - timedelta(days=1)),
            }
            for each in found
        ]
        asked: dict[str, Any] = {
            "authority": authority.pk, "kind": TASK, "heard": HEARD, "since": day - HEARD_WITHIN,
            "cases": json.dumps(tasks),
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(WARN, asked)
            event.counts = {"warned": cursor.rowcount}
        event.subjects = [each.case.person_id for each in found]
    return event.counts["warned"]


def changing(authority: Authority, on: date) -> Iterator[Changing]:
    """The cases of the newest month that get another support on a day than they have now."""
    run = MonthRun.objects.filter(authority=authority, month__lte=ReportingMonth.of(on).ends_on).first()
    if run is None:
        return
    book = ruleset(on).rulebook(authority.code)
    cases = list(
        run.cases.running().exclude(offer_rule="", decided_by__isnull=False).select_related("person")
    )
    screened = latest(case.person_id for case in cases)
    for case in cases:
        facts = Facts.written(case.facts)
        if said := screened.get(case.person_id):
            answers = Answers(said.wants_education, facts.agreed, said.asks_for_support)
            facts = facts.answered(answers)
        born = case.person.date_of_birth
        offer, rule = offered(facts.in_year(year_group(born, on) if born else None), on, book)
        if offer != case.offer:
            yield Changing(case, offer, rule)


def first_of_next_month(day: date) -> date:
    return ReportingMonth.of(day).after.starts_on
