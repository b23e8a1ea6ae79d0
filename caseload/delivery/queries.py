"""Who wants what regularly, whether it is still open to them, and what is due on a day."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from caseload.delivery.kinds import Kind
from caseload.delivery.models import Delivery, Subscription
from caseload.delivery.rules import MONTH, is_due
from caseload.reports.catalogue import REPORTS
from caseload.reports.queries.places import Whom, open_to
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.jobs.models import Job
from schools.models import Authority
from tracking.exploring.models import SavedCut
from tracking.exploring.queries import CUT_BY, Cut, kept_cuts
from tracking.exploring.rules import MEASURES, Measure
from tracking.figures.models import Freeze
from tracking.figures.queries.reach import Reach, reach_of
from tracking.figures.queries.scorecard import WORDS, key_of
from tracking.figures.queries.tallies import COLUMNS, Chosen, Key, Nowhere
from tracking.groups.queries import named_groups

State = Delivery.State


def running() -> QuerySet[Subscription]:
    """What is wanted and neither rests nor ended."""
    found = Subscription.objects.filter(ended_at=None, paused_at=None)
    return found.select_related("authority", "owner", "district", "service", "cut").order_by("pk")


def subscriptions_of(user: User, authority_id: int) -> QuerySet[Subscription]:
    """What somebody wants, what rests among it."""
    found = Subscription.objects.filter(owner=user.pk, authority=authority_id, ended_at=None)
    return found.select_related("authority", "district", "service", "cut").order_by("-begun_at", "-pk")


def subscriptions_to_all(authority_id: int) -> QuerySet[Subscription]:
    """What goes to whom in a council: for whoever answers for it."""
    found = Subscription.objects.filter(authority=authority_id, ended_at=None)
    return found.select_related("authority", "owner", "district", "service", "cut").order_by(
        "owner__name", "pk"
    )


def deliveries_to(user: User, authority_id: int) -> QuerySet[Delivery]:
    """What was made for somebody, the latest first; what is not open to them any more is not among it."""
    found = Delivery.objects.filter(
        subscription__owner=user.pk, subscription__authority=authority_id, state=State.READY
    )
    return found.select_related(
        "subscription__authority", "subscription__district", "subscription__service", "subscription__cut",
        "subscription__owner", "report__pdf", "report__xlsx", "file",
    ).order_by("-made_at", "-pk")  # fmt: skip


def place_of(wanted: Subscription) -> str:
    """The slug of the place a report is of."""
    if wanted.district_id:
        return f"district-{wanted.district_id}"
    return f"service-{wanted.service_id}" if wanted.service_id else "council"


def whom_open(wanted: Subscription, user: User) -> Whom | None:
    """The place of a wanted report, if this person may have reports of it today."""
    if not user.is_active or wanted.report not in REPORTS:
        return None
    return next((each for each in open_to(user, wanted.authority) if each.slug == place_of(wanted)), None)


def cut_reach(wanted: Subscription, user: User) -> Reach | None:
    """How far a wanted cut reaches for this person today; None where they may not cut, or it was taken away."""
    if wanted.cut_id is None or not user.is_active or not scope_of(user).can(Permission.FIGURES_EXPLORE):
        return None
    if not kept_cuts(user, wanted.authority_id).filter(pk=wanted.cut_id).exists():
        return None
    return reach_of(user, wanted.authority_id)


def is_open(wanted: Subscription, user: User) -> bool:
    """Whether what is wanted is open to this person today."""
    return bool(whom_open(wanted, user) if wanted.report else cut_reach(wanted, user))


def cut_of(kept: SavedCut, reach: Reach, user: User) -> tuple[Cut, Measure]:
    """A kept cut of the month in progress; what it asks for and is no longer there counts as not said."""
    asked = kept.asked
    rows = asked.get("rows") if asked.get("rows") in CUT_BY else "district"
    columns = asked.get("columns", "")
    across = columns if columns in (*WORDS, "month") and columns != rows else ""
    rules = {str(each.pk): each.rule for each in named_groups(user, kept.authority_id)}
    chosen = Chosen(_keys(asked), rules.get(asked.get("group", "")), reach)
    measure = MEASURES.get(asked.get("measure", ""), MEASURES["together_share"])
    return Cut(None, str(rows), across, chosen, measure.status), measure


def _keys(asked: Mapping[str, str]) -> dict[str, Key | Nowhere]:
    found: dict[str, Key | Nowhere] = {}
    for name in COLUMNS:
        try:
            if asked.get(name):
                found[name] = key_of(name, asked[name])
        except (KeyError, ValueError):
            continue
    return found


def months_signed(authority_ids: Sequence[int]) -> dict[int, Freeze]:
    """The newest month each council has signed off. One statement."""
    signed = Freeze.objects.filter(
        authority__in=authority_ids, closed_at__isnull=False, replaced_at__isnull=True
    )
    return {each.authority_id: each for each in signed.order_by("month", "pk")}


def due(day: date) -> list[tuple[Subscription, date]]:
    """What is to be made on a day and was not made yet: for which day, or which month by its last
    day. Three statements."""
    over = Delivery.objects.exclude(state=State.MAKING)
    made = over.filter(subscription=OuterRef("pk"), for_on=day)
    wanted = list(running().filter(Q(every=MONTH) | ~Exists(made)))
    signed = months_signed([each.authority_id for each in wanted])
    done = set(
        over.filter(
            subscription__in=[each.pk for each in wanted if each.every == MONTH],
            for_on__in=[each.month for each in signed.values()],
        ).values_list("subscription", "for_on")
    )
    found = []
    for each in wanted:
        freeze = signed.get(each.authority_id)
        if each.every == MONTH:
            if (
                freeze
                and (freeze.closed_at or each.begun_at) >= each.begun_at
                and (each.pk, freeze.month) not in done
            ):
                found.append((each, freeze.month))
        elif is_due(each.every, each.on_day, day):
            found.append((each, day))
    return found


def is_being_made(delivery: Delivery) -> bool:
    """Whether work to make it waits or goes on."""
    asked = Job.objects.filter(kind=Kind.MAKING, payload__delivery=delivery.pk, state__in=Job.OPEN)
    return asked.exists()


def offered_cuts(user: User, authority: Authority) -> list[SavedCut]:
    """The kept cuts somebody may want regularly."""
    return list(kept_cuts(user, authority.pk))
