"""Reading referrals: those a service is asked, those it made, and what may be known of whom before it accepts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from caseload.referrals.models import Referral
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from neet.ui.words import many
from neet.working_days import working_days_between
from schools.models import Membership, Service
from tracking.register.models import YoungPerson
from tracking.register.queries.index import IndexLine, index_lines

State = Referral.State
TO_US, BY_US, ALL = "in", "out", "all"
# What a referral out of school is about.
OUT_OF_SCHOOL = (Referral.Reason.HOME_EDUCATION, Referral.Reason.MISSING)
OVERDUE, ANSWERED = "overdue", "answered"
TONES = {State.ACCEPTED: "good", State.DECLINED: "bad", State.WITHDRAWN: "plain", State.WAITING: "waiting"}


def services_at(user: User, authority_id: int) -> set[int]:
    """The services of a council for which this user works on cases."""
    places = scope_of(user).where(Permission.CASE_WORK)
    return {each.service_id for each in places if each.service_id and each.authority_id == authority_id}


def own_services(user: User) -> list[int]:
    places = scope_of(user).where(Permission.CASE_WORK)
    return sorted({each.service_id for each in places if each.service_id})


def answers_for(user: User, referral: Referral) -> bool:
    """Whether they work on cases for the service that was asked, and the record is not restricted."""
    mine = services_at(user, referral.person.authority_id)
    return referral.to_service_id in mine and referral.person.restricted_on is None


def may_withdraw(user: User, referral: Referral) -> bool:
    """Whoever made it, and whoever works for the service that made it."""
    mine = services_at(user, referral.person.authority_id)
    return user.pk == referral.made_by_id or referral.from_service_id in mine


def _at_work(on: date) -> QuerySet[Membership]:
    roles = [slug for slug, role in ROLES.items() if Permission.CASE_WORK in role.permissions]
    return Membership.objects.running(on).filter(role__in=roles, user__is_active=True)


def people_of_service(service_id: int, on: date) -> list[int]:
    """The accounts of those who work on a service's cases."""
    return sorted(set(_at_work(on).filter(service=service_id).values_list("user", flat=True)))


def answering_services(authority_id: int, on: date) -> QuerySet[Service]:
    """The council's services with somebody who would answer a referral."""
    return Service.objects.filter(authority=authority_id, pk__in=_at_work(on).values("service"))


@dataclass(frozen=True)
class Waiting:
    """How many referrals a service let wait beyond their day."""

    service_id: int
    service: str
    authority_id: int
    number: int


def overdue_by_service(on: date) -> list[Waiting]:
    """Every service with a referral whose answer is overdue: one statement. Restricted records are not theirs to
    answer."""
    late = Referral.objects.filter(state=State.WAITING, due_on__lt=on, person__restricted_on=None).order_by()
    rows = late.values("to_service", "to_service__name", "to_service__authority").annotate(number=Count("pk"))
    names = ("to_service", "to_service__name", "to_service__authority", "number")
    return [Waiting(*row) for row in rows.order_by("to_service").values_list(*names)]


@dataclass(frozen=True)
class Wanted:
    """Which referrals: to us, by us or all one may know of; waiting, overdue or answered."""

    box: str = TO_US
    state: str = State.WAITING


def seen_by(user: User) -> QuerySet[Referral]:
    """Referrals to and by this user's services, their own, and those about young people they see. Of restricted
    records only those whose record they see."""
    return Referral.objects.filter(_to_us(user) | _by_us(user) | _visible(user)).filter(_not_hidden(user))


def _visible(user: User) -> Q:
    visible = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("person"))
    cases = scope_of(user).can(Permission.CASE_WORK)
    return Q(Exists(visible)) if cases else Q(pk__in=[])


def _not_hidden(user: User) -> Q:
    here = scope_of(user).authority_ids
    return Q(person__authority__in=here) & (Q(person__restricted_on=None) | _visible(user))


def _to_us(user: User) -> Q:
    return Q(to_service__in=own_services(user))


def _by_us(user: User) -> Q:
    return Q(from_service__in=own_services(user)) | Q(made_by=user)


def wanted_referrals(user: User, wanted: Wanted, on: date) -> QuerySet[Referral]:
    """Those wanted, unordered."""
    box = {TO_US: _to_us(user), BY_US: _by_us(user)}.get(wanted.box, Q())
    state = {
        State.WAITING: Q(state=State.WAITING),
        OVERDUE: Q(state=State.WAITING, due_on__lt=on),
        ANSWERED: ~Q(state=State.WAITING),
    }.get(wanted.state, Q())
    return seen_by(user).filter(box & state)


@dataclass(frozen=True)
class Clock:
    """How long a service still has to answer, in working days."""

    words: str
    tone: str


def clock_of(referral: Referral, on: date) -> Clock:
    if referral.state != State.WAITING:
        return Clock(referral.get_state_display(), TONES[State(referral.state)])
    left = working_days_between(on, referral.due_on)
    if referral.due_on < on:
        late = many(max(1, -left), "working day,working days")
        return Clock(f"{late} late", "bad")
    if left == 0:
        return Clock("Answer due today", "attention")
    return Clock(f"{many(left, 'working day,working days')} left", "attention" if left == 1 else "waiting")


@dataclass(frozen=True)
class Line:
    """One referral as its list shows it: of the young person no more than the index tells, and whether the record is
    open to the reader."""

    pk: int
    person: IndexLine
    opens: bool
    from_words: str
    to_words: str
    reason: str
    words: str
    asks: str
    made_at: datetime
    made_by: str
    due_on: date
    clock: Clock
    answer: str
    answered_at: datetime | None
    answered_by: str
    is_waiting: bool
    may_answer: bool
    may_withdraw: bool

    @property
    def ref(self) -> UUID:
        return self.person.ref


def lines_of(referrals: QuerySet[Referral], user: User, on: date) -> tuple[Line, ...]:
    """These referrals with what may be known of whom: two statements."""
    visible = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("person"))
    rows = list(
        referrals.select_related("person", "from_service", "to_service", "made_by", "answered_by").annotate(
            opens=Exists(visible)
        )
    )
    people = {
        each.pk: each
        for each in index_lines(YoungPerson.objects.filter(pk__in={row.person_id for row in rows}), on)
    }
    return tuple(_line(row, people[row.person_id], user, on) for row in rows)


def _line(row: Referral, person: IndexLine, user: User, on: date) -> Line:
    by = row.made_by.name if row.made_by else ""
    waiting = row.state == State.WAITING
    return Line(
        pk=row.pk,
        person=person,
        opens=row.opens,  # type: ignore[attr-defined]  # a column of the query
        from_words=row.from_service.short_name if row.from_service else by,
        to_words=row.to_service.short_name,
        reason=row.get_reason_display(),
        words=row.words,
        asks="to lead" if row.takes_the_lead else "to support",
        made_at=row.made_at,
        made_by=by,
        due_on=row.due_on,
        clock=clock_of(row, on),
        answer=row.answer,
        answered_at=row.answered_at,
        answered_by=row.answered_by.name if row.answered_by else "",
        is_waiting=waiting,
        may_answer=waiting and answers_for(user, row),
        may_withdraw=waiting and may_withdraw(user, row),
    )


@dataclass(frozen=True)
class Counted:
    """How many referrals wait, and how many of them for too long."""

    to_answer: int
    to_answer_late: int
    ours: int
    ours_late: int


def counted(user: User, on: date) -> Counted:
    """For the first page, in one statement."""
    late = Q(due_on__lt=on)
    waiting = seen_by(user).filter(state=State.WAITING)
    sums = waiting.aggregate(
        to_answer=Count("pk", filter=_to_us(user)),
        to_answer_late=Count("pk", filter=_to_us(user) & late),
        ours=Count("pk", filter=_by_us(user)),
        ours_late=Count("pk", filter=_by_us(user) & late),
    )
    return Counted(**sums)


def of_person(person_id: int) -> QuerySet[Referral]:
    """All of one young person, those that wait first."""
    rows = Referral.objects.filter(person=person_id)
    return rows.select_related("from_service", "to_service", "made_by", "answered_by").order_by(
        "answered_at", "-made_at"
    )


def out_of_school(people: Iterable[int], user: User) -> Iterator[tuple[int, str, date]]:
    """Referrals of these because they were taught at home or missing from education, for those who work on cases: the
    young person, in words, and the day; one statement (R37)."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return
    asked = Referral.objects.filter(person__in=list(people), reason__in=OUT_OF_SCHOOL)
    for each in asked.select_related("to_service").order_by("-made_at", "-pk"):
        yield (
            each.person_id,
            f"Referred to {each.to_service}: {each.get_reason_display()}",
            localdate(each.made_at),
        )


def ids(lines: Iterable[Line]) -> list[int]:
    return sorted({each.person.pk for each in lines})
