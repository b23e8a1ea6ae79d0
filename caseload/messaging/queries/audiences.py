"""Who may be written to: each list by itself, over one council's register (neet/registries.py, AUDIENCES)."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from caseload.allocation.models import Case
from caseload.chase.models import Attempt
from caseload.chase.queries.people import in_the_cohort
from neet.clock import LONDON
from schools.models import Authority
from tracking.bulk.models import BulkPerson
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.standing import running_out, standing_as
from tracking.rules.codes import Status

LATELY = timedelta(days=28)
RUNG_IN_VAIN = 2
CHOSEN = "change"
SOON_DAYS = 30
Narrowed = Mapping[str, Any]


def not_known(authority: Authority, narrowed: Narrowed, on: date) -> QuerySet[YoungPerson]:
    """Not known, and no call reached anybody about them in the last four weeks."""
    rung = _calls(on).filter(reached=True)
    return _tracked(authority, on).filter(standing_as(Status.NOT_KNOWN, ruleset(on), on) & ~Exists(rung))


def rung_in_vain(authority: Authority, narrowed: Narrowed, on: date) -> QuerySet[YoungPerson]:
    """Not known, and rung at least twice in the last four weeks without reaching anybody."""
    tried = Attempt.objects.filter(channel=Attempt.Channel.TELEPHONE, tried_at__gte=_since(on))
    often = tried.order_by().values("person").annotate(times=Count("pk")).filter(times__gte=RUNG_IN_VAIN)
    return not_known(authority, narrowed, on).filter(pk__in=often.values("person"))


def running_out_soon(authority: Authority, narrowed: Narrowed, on: date) -> QuerySet[YoungPerson]:
    """What we know of them counts for no more than thirty days unless somebody confirms it."""
    return _tracked(authority, on).filter(running_out(SOON_DAYS, on))


def chosen_in_the_register(authority: Authority, narrowed: Narrowed, on: date) -> QuerySet[YoungPerson]:
    """Those somebody chose in the register, as they were settled then (tracking/bulk)."""
    settled = BulkPerson.objects.filter(change=narrowed[CHOSEN], change__authority=authority)
    return YoungPerson.objects.filter(pk__in=settled.values("person"))


def messages_only(authority: Authority, narrowed: Narrowed, on: date) -> QuerySet[YoungPerson]:
    """NEET, and this month's support for them is messages (R76)."""
    offered = Case.objects.filter(
        person=OuterRef("pk"), run__closed_at=None, state=Case.State.ALLOCATED, offer=Case.Offer.MINIMAL
    )
    return _tracked(authority, on).filter(standing_as(Status.NEET, ruleset(on), on) & Exists(offered))


def _tracked(authority: Authority, on: date) -> QuerySet[YoungPerson]:
    return YoungPerson.objects.filter(Q(authority=authority) & in_the_cohort(on))


def _calls(on: date) -> QuerySet[Attempt]:
    return Attempt.objects.filter(
        person=OuterRef("pk"), channel=Attempt.Channel.TELEPHONE, tried_at__gte=_since(on)
    )


def _since(on: date) -> datetime:
    return datetime.combine(on - LATELY, time(), LONDON)
