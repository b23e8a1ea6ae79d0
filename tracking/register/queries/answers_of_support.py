"""What the register answers to the self-assessment about support: who leads, who helps, which needs are recorded."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Characteristic, Responsibility
from tracking.register.queries.answers import HAS_AIM, counted, measured, share_of
from tracking.register.queries.standing import standing_as
from tracking.rules.assessment import Answer
from tracking.rules.codes import Status

WORKS_WITH = (Responsibility.Kind.LEAD, Responsibility.Kind.SUPPORT)


def _vulnerable(on: date) -> Exists:
    codes = [code for code, each in ruleset(on).characteristics.items() if each.in_vulnerable_group]
    return Exists(Characteristic.objects.filter(open_on(on), person=OuterRef("pk"), code__in=codes))


def _held(on: date, *kinds: str) -> Exists:
    return Exists(Responsibility.objects.filter(open_on(on), person=OuterRef("pk"), kind__in=kinds))


def lead_professional(authority: Authority, on: date) -> Answer:
    """Of those in the vulnerable group, who has somebody leading the work (R144). One statement."""
    people = measured(authority, on).filter(_vulnerable(on))
    found = counted(people, led=Q(_held(on, Responsibility.Kind.LEAD)))
    return share_of(found, "led", "in the vulnerable group have somebody who leads the work", "cases")


def several_services(authority: Authority, on: date) -> Answer:
    """Of those with a lead, with whom another service works too. One statement."""
    people = measured(authority, on).filter(_held(on, Responsibility.Kind.LEAD))
    found = counted(people, more=Q(_held(on, Responsibility.Kind.SUPPORT)))
    return share_of(
        found, "more", "with a lead are supported by another service too", "cases", more_is_better=None
    )


def needs_assessed(authority: Authority, on: date) -> Answer:
    """Of those who are NEET, whose level of need is recorded. One statement."""
    people = measured(authority, on).filter(standing_as(Status.NEET, ruleset(on), on))
    found = counted(people, assessed=~Q(level_of_need=""))
    return share_of(found, "assessed", "who are NEET have a level of need recorded", "register")


def learning_needs(authority: Authority, on: date) -> Answer:
    """Of those who are NEET, of whom it is recorded what they need or want to learn: SEND or another circumstance,
    a level of need, an intended destination or what they look for (R129). One statement."""
    facts = Characteristic.objects.filter(open_on(on), person=OuterRef("pk"))
    people = measured(authority, on).filter(standing_as(Status.NEET, ruleset(on), on))
    known = ~Q(level_of_need="") & (Q(Exists(facts)) | HAS_AIM | Q(seeking__sector__gt=""))
    found = counted(people, known=known)
    return share_of(
        found, "known", "who are NEET have a level of need and a circumstance or an aim recorded", "register"
    )
