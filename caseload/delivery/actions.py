"""Wanting a report regularly, letting it rest, ending it; making what is due; opening what was made."""

from datetime import date

from django.urls import reverse

from caseload.delivery.kinds import Kind
from caseload.delivery.models import Delivery, Subscription
from caseload.delivery.queries import cut_of, cut_reach, due, is_open, whom_open
from caseload.delivery.statements import Regularly
from caseload.reports.actions import make
from caseload.reports.catalogue import REPORTS
from caseload.reports.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.actions import store
from neet.messages.actions import send
from schools.models import Authority
from tracking.exploring.queries import crossed
from tracking.exploring.telling import workbook
from tracking.figures.queries.scorecard import NoSuchMonth
from tracking.rules.months import ReportingMonth

PURPOSE, TEMPLATE = "figures sent regularly", "report_waits"
MOST = 30
State = Delivery.State


class TooMany(Exception):
    """Somebody wants as many reports as one person may."""


class NotOpen(Exception):
    """What is wanted is not open to them."""


def subscribe(*, authority: Authority, regularly: Regularly, by: User) -> Subscription:
    """Want a report or a cut regularly. Raises NotOpen, TooMany."""
    with recorded(Kind.BEGUN, by=by, authority_id=authority.pk) as event:
        if Subscription.objects.filter(owner=by, authority=authority, ended_at=None).count() >= MOST:
            raise TooMany
        whom = regularly.whom
        made = Subscription.objects.create(
            authority=authority, owner=by, report=regularly.report, cut=regularly.cut, every=regularly.every,
            on_day=regularly.on_day, district=whom.district if whom else None, service=whom.service if whom else None,
        )  # fmt: skip
        if not is_open(made, by):
            raise NotOpen
        event.counts = {"subscription": made.pk}
    return made


def pause(*, subscription: Subscription, by: User) -> None:
    """Let it rest: nothing is made until it goes on."""
    with recorded(Kind.PAUSED, by=by, authority_id=subscription.authority_id, counts=_number(subscription)):
        Subscription.objects.filter(pk=subscription.pk, paused_at=None).update(paused_at=clock.now())


def resume(*, subscription: Subscription, by: User) -> None:
    """It goes on."""
    with recorded(Kind.RESUMED, by=by, authority_id=subscription.authority_id, counts=_number(subscription)):
        Subscription.objects.filter(pk=subscription.pk).update(paused_at=None)


def end(*, subscription: Subscription, by: User) -> None:
    """Nothing more comes of it; what was made stays. Done twice it is done once."""
    with recorded(Kind.ENDED, by=by, authority_id=subscription.authority_id, counts=_number(subscription)):
        Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(
            ended_at=clock.now(), ended_by=by
        )


def deliver_of_the_day(*, day: date) -> dict[str, int]:
    """Make what is due for everybody to whom it is still open, and write to them that it waits: no figure leaves the
    house. What is no longer open is noted and not made. Made once for a day or month, however often this runs."""
    counts = {"made": 0, "not_open": 0}
    for wanted, for_on, month in due(day):
        made = _deliver(wanted, for_on, month)
        counts["made" if made.state == State.READY else "not_open"] += 1
    return counts


def _deliver(wanted: Subscription, for_on: date, month: ReportingMonth) -> Delivery:
    with recorded(Kind.MADE, by=None, authority_id=wanted.authority_id, counts=_number(wanted)) as event:
        made, is_new = Delivery.objects.get_or_create(
            subscription=wanted, for_on=for_on, defaults={"state": State.NOT_OPEN}
        )
        if is_new:
            _fill(made, wanted, month)
            made.save(update_fields=["state", "report", "file"])
            if made.state == State.READY:
                facts = {"path": reverse("deliveries"), "council": wanted.authority.name}
                send(
                    template=TEMPLATE,
                    to=("user", wanted.owner_id),
                    authority_id=wanted.authority_id,
                    facts=facts,
                )
        event.counts["delivery"] = made.pk
    return made


def _fill(made: Delivery, wanted: Subscription, month: ReportingMonth) -> None:
    """Under the rights of whoever wants it, as they are today."""
    try:
        if wanted.report:
            if whom := whom_open(wanted, wanted.owner):
                made.report = make(
                    wanted=Wanted(REPORTS[wanted.report], wanted.authority, month, whom), by=None
                )
                made.state = State.READY
        elif wanted.cut and (reach := cut_reach(wanted, wanted.owner)):
            cut, measure = cut_of(wanted.cut, reach, wanted.owner)
            content = workbook(crossed(wanted.authority_id, cut), measure, [wanted.cut.name])
            made.file = store(
                source=[content], name=f"figures_{made.for_on:%Y-%m-%d}.xlsx", purpose=PURPOSE, by=None,
                authority_id=wanted.authority_id,
            )  # fmt: skip
            made.state = State.READY
    except NoSuchMonth:
        made.state = State.NOTHING


def note_opened(*, delivery: Delivery, by: User) -> None:
    """Whoever it was made for takes it."""
    counts = {"delivery": delivery.pk}
    with recorded(Kind.OPENED, by=by, authority_id=delivery.subscription.authority_id, counts=counts):
        Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=clock.now())


def _number(wanted: Subscription) -> dict[str, int]:
    return {"subscription": wanted.pk}
