"""A self-assessment begins with the register's numbers, and while it is open they follow the register."""

from datetime import date

from caseload.assessment.actions.reach import LOCK, allowed, open_now
from caseload.assessment.kinds import Kind
from caseload.assessment.models import SelfAssessment
from caseload.assessment.queries.lines import questions
from caseload.assessment.queries.numbers import answers
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import repeated


def open_assessment(*, authority: Authority, year: int, on: date, by: User) -> SelfAssessment:
    """Begin the self-assessment of an academic year, once, with the numbers of the day. Raises NotPermitted."""
    allowed(by, authority.pk)
    with recorded(Kind.OPENED, by=by, authority_id=authority.pk, counts={"year": year}) as event:
        one_at_a_time(LOCK, authority.pk)
        there = SelfAssessment.objects.filter(authority=authority, year=year).first()
        if there:
            repeated(event)
            return there
        numbers = answers(questions(authority, year, on), authority, on)
        return SelfAssessment.objects.create(
            authority=authority, year=year, opened_by=by, numbers=numbers, counted_on=on
        )


def count(*, assessment: SelfAssessment, on: date, by: User | None) -> SelfAssessment:
    """Count the numbers anew. Raises NotPermitted, and NotRight once it was handed in or approved."""
    allowed(by, assessment.authority_id)
    with recorded(Kind.COUNTED, by=by, authority_id=assessment.authority_id) as event:
        now = open_now(assessment)
        now.numbers = answers(questions(now.authority, now.year, on), now.authority, on)
        now.counted_on = on
        now.save(update_fields=["numbers", "counted_on"])
        event.counts = {"assessment": now.pk, "answers": len(now.numbers)}
        return now


def numbers_of_the_day(*, day: date) -> dict[str, int]:
    """The numbers of every open self-assessment follow the register; once a day, the latest year of each council."""
    still = SelfAssessment.objects.filter(approved_at=None, handed_in_at=None).exclude(counted_on=day)
    newest = still.order_by("authority_id", "-year").distinct("authority_id")
    counted = [count(assessment=each, on=day, by=None) for each in newest]
    return {"counted": len(counted)}
