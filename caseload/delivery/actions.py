"""Wanting a report regularly, letting it rest, ending it; making what is due; opening what was made."""

from datetime import date

from django.urls import reverse

from caseload.delivery.kinds import Kind
from caseload.delivery.models import Delivery, Subscription
from caseload.delivery.queries import cut_of, cut_reach, due, is_being_made, is_open, whom_open
from caseload.delivery.statements import Regularly
from caseload.reports.actions.making import ALONE, Beside, make
from caseload.reports.catalogue import REPORTS
from caseload.reports.models import MadeReport
from caseload.reports.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.actions import store
from neet.files.models import StoredFile
from neet.jobs.actions import submit
from neet.messages.actions import send
from schools.models import Authority
from tracking.exploring.models import SavedCut
from tracking.exploring.queries import crossed
from tracking.exploring.telling import workbook
from tracking.figures.queries.reach import Reach
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
    """Have what is due made beside the pages, for everybody to whom it is still open. What is no longer open is noted
    and not made. Asked for once for a day or month, however often this runs; what was left lying is asked for again.
    """
    counts = {"asked": 0, "not_open": 0}
    for wanted, for_on in due(day):
        made = _ask(wanted, for_on)
        counts["asked" if made.state == State.MAKING else "not_open"] += 1
    return counts


def _ask(wanted: Subscription, for_on: date) -> Delivery:
    with recorded(Kind.MAKING, by=None, authority_id=wanted.authority_id, counts=_number(wanted)) as event:
        state = State.MAKING if is_open(wanted, wanted.owner) else State.NOT_OPEN
        made, _ = Delivery.objects.get_or_create(
            subscription=wanted, for_on=for_on, defaults={"state": state}
        )
        if made.state == State.MAKING and not is_being_made(made):
            payload = {"delivery": made.pk}
            submit(kind=Kind.MAKING, by=None, authority_id=wanted.authority_id, payload=payload)
        event.counts["delivery"] = made.pk
    return made


def deliver(*, delivery: Delivery, beside: Beside = ALONE) -> Delivery:
    """Make what is wanted under the rights of whoever wants it, as they are now, and write to them that it waits: no
    figure leaves the house. Done twice it is done once. Raises CannotStore."""
    wanted = delivery.subscription
    state, report, file = _made(delivery, wanted, beside)
    with recorded(Kind.MADE, by=None, authority_id=wanted.authority_id, counts=_number(wanted)) as event:
        beside.still_mine()
        event.counts["delivery"] = delivery.pk
        waiting = Delivery.objects.filter(pk=delivery.pk, state=State.MAKING)
        if waiting.update(state=state, report=report, file=file) and state == State.READY:
            facts = {"path": reverse("deliveries"), "council": wanted.authority.name}
            to = ("user", wanted.owner_id)
            send(template=TEMPLATE, to=to, authority_id=wanted.authority_id, facts=facts)
    delivery.refresh_from_db()
    return delivery


def _made(
    delivery: Delivery, wanted: Subscription, beside: Beside
) -> tuple[State, MadeReport | None, StoredFile | None]:
    try:
        if wanted.report and (whom := whom_open(wanted, wanted.owner)):
            month = ReportingMonth.of(delivery.for_on)
            asked = Wanted(REPORTS[wanted.report], wanted.authority, month, whom)
            return State.READY, make(wanted=asked, by=None, beside=beside), None
        if wanted.cut and (reach := cut_reach(wanted, wanted.owner)):
            return State.READY, None, _cut_kept(delivery, wanted, wanted.cut, reach)
    except NoSuchMonth:
        return State.NOTHING, None, None
    return State.NOT_OPEN, None, None


def _cut_kept(delivery: Delivery, wanted: Subscription, kept: SavedCut, reach: Reach) -> StoredFile:
    cut, measure = cut_of(kept, reach, wanted.owner)
    content = workbook(crossed(wanted.authority_id, cut), measure, [kept.name])
    name = f"figures_{delivery.for_on:%Y-%m-%d}.xlsx"
    return store(source=[content], name=name, purpose=PURPOSE, by=None, authority_id=wanted.authority_id)


def note_opened(*, delivery: Delivery, by: User) -> None:
    """Whoever it was made for takes it."""
    counts = {"delivery": delivery.pk}
    with recorded(Kind.OPENED, by=by, authority_id=delivery.subscription.authority_id, counts=counts):
        Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=clock.now())


def _number(wanted: Subscription) -> dict[str, int]:
    return {"subscription": wanted.pk}
