"""Who is on whose list of calls: nobody on two, nobody dropped, nobody who waits for a return (R68, R74, R77, R155)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from caseload.allocation.models import Case
from caseload.chase.queries.people import may_be_asked, named
from caseload.chase.queries.waiting import places_awaited, waiting_people, waits_at
from caseload.chase.rules.ranking import Kind
from caseload.chase.statements import Wanted
from caseload.reviews.queries.lists import own_services
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from neet.statements.parts import Ids
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Residence, Responsibility, YoungPerson
from tracking.register.queries.standing import counting, running_out, standing_as
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

TRACKED = (Responsibility.Kind.TRACKING, Responsibility.Kind.CONTRACT)


def to_call(user: User, wanted: Wanted, on: date) -> QuerySet[YoungPerson]:
    """Those on this user's list, whether or not they may be tried today.

    Left out: whoever a service works with this month, for everybody but that service (R74); who waits for a return
    (R155); who is restricted, unless to those named for them.
    """
    return _to_call(user, wanted, on, waiting_people(user, on))


def keys_to_call(user: User, wanted: Wanted, on: date) -> QuerySet[YoungPerson, Any]:
    """Their keys, for the order of calls: one statement of its own."""
    return _keys(user, wanted, on, *places_awaited(user, on))


@built_once
def _keys(user: User, wanted: Wanted, on: date, now: Ids, may: Ids) -> QuerySet[YoungPerson, Any]:
    return _to_call(user, wanted, on, waits_at(now, may, on)).order_by().values("id")


def _to_call(user: User, wanted: Wanted, on: date, waits: Q) -> QuerySet[YoungPerson]:
    kinds = [Kind(wanted.kind)] if wanted.kind else list(Kind)
    found = on_our_list(user, on).filter(of_kinds(kinds, on, waits), whose(wanted.whose, user, on))
    if wanted.district:
        home = Residence.objects.filter(person=OuterRef("pk"), ends_on=None, district=wanted.district)
        found = found.filter(Exists(home))
    if wanted.service:
        held = Responsibility.objects.filter(
            open_on(on), person=OuterRef("pk"), service=wanted.service, kind__in=TRACKED
        )
        found = found.filter(Exists(held))
    return found


def on_our_list(user: User, on: date) -> QuerySet[YoungPerson]:
    """Everybody of the cohort whom this user sees and no other service works with."""
    return YoungPerson.objects.visible_to(user).filter(may_be_asked(on), case_of_ours(user, on))


def case_of_ours(user: User, on: date) -> Q:
    """Whom a service works with this month is on that service's list and on no other; whoever works for a service has
    no others on theirs (R74). What is offered to nobody changes nothing (R77)."""
    cases = Case.objects.running().filter(
        offer=Case.Offer.CASELOAD,
        person=OuterRef("pk"),
        run__closed_at=None,
        run__month__lte=ReportingMonth.of(on).ends_on,
        run__authority__in=scope_of(user).authority_ids,
    )
    mine = own_services(user)
    theirs = Q(Exists(cases.filter(service__in=mine) if mine else cases))
    for path in settings.TAKEN_OVER:
        theirs |= import_string(path)(mine, on)
    return theirs if mine else ~theirs


def of_kinds(kinds: Iterable[Kind], on: date, waits: Q) -> Q:
    """Those of these kinds, but for those who wait for a return. NEET and what else the contact protocol names:
    whether or not they are due."""
    rules = ruleset(on)
    days = rules.weights.limit("days_of_running_out")
    conditions = {
        Kind.NOT_KNOWN: standing_as(Status.NOT_KNOWN, rules, on) & ~waits,
        Kind.LAPSING: running_out(days, on) & standing_as(Status.EET, rules, on) & ~waits,
        Kind.NEET: standing_as(Status.NEET, rules, on)
        | Q(counting(on), situation__code__in=sorted(named(rules))),
    }
    found = Q(pk__in=[])
    for kind in kinds:
        found |= conditions[kind]
    return found


def whose(asked: str, user: User, on: date) -> Q:
    """Mine: given to me to track, or to my service under contract, or led by me. The pool: nobody's. All: everybody I
    see. Nobody is in two people's own lists: who is given to a contractor is the contractor's."""
    held = Responsibility.objects.filter(open_on(on), person=OuterRef("pk"))
    if asked == "pool":
        return ~Q(Exists(held.filter(kind__in=TRACKED)))
    if asked == "mine":
        services = [place.service_id for place in scope_of(user).places if place.service_id]
        contract = Q(kind=Responsibility.Kind.CONTRACT) & (Q(user=user) | Q(service__in=services, user=None))
        elsewhere = held.filter(kind=Responsibility.Kind.CONTRACT).exclude(contract)
        own = held.filter(Q(user=user, kind__in=(*TRACKED, Responsibility.Kind.LEAD)) | contract)
        return Q(Exists(own)) & ~Q(Exists(elsewhere))
    return Q()
