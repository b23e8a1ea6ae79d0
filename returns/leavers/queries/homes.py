"""Leavers who live with another authority: which was told, and which is to be told (R51, R123)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.intake.models import Intake, IntakeRow
from returns.leavers.models import HomeNotice
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.rules.ruleset import RuleSet

HOME, LEFT_ON = KeyTextTransform("home_authority", "clean"), KeyTextTransform("left_on", "clean")
TYPE = "joiners_leavers"


@dataclass(frozen=True)
class Home:
    """One authority: of how many leavers it is to be told, and of how many it was told this school year."""

    code: str
    name: str
    to_tell: int
    told: int


@dataclass(frozen=True)
class Leaver:
    """One leaver as the other authority needs to know them."""

    row_id: int
    person: YoungPerson
    place: str
    left_on: date
    reason: str
    doing: str


def leavers_from_elsewhere(user: User) -> QuerySet[IntakeRow]:
    """Rows in the register of leavers who live with another authority and whom this person may see: `home` its number,
    `is_told` whether it was told."""
    councils = {place.authority_id for place in scope_of(user).where(Permission.RETURN_RECEIVE)}
    rows = IntakeRow.objects.filter(
        intake__authority__in=councils,
        intake__type=TYPE,
        intake__state__in=Intake.APPLIED,
        applied_event__isnull=False,
        person__in=YoungPerson.objects.visible_to(user),
        person__restricted_on=None,
    ).annotate(home=HOME, said_left_on=LEFT_ON)
    told = HomeNotice.objects.filter(
        row__person=OuterRef("person"), row__clean__left_on=KeyTransform("left_on", OuterRef("clean"))
    )
    elsewhere = rows.annotate(is_told=Exists(told)).filter(Q(home__gt="") & Q(said_left_on__gt=""))
    return elsewhere.exclude(Q(home=F("intake__authority__code")))


def homes(user: User, since: date) -> list[Home]:
    """The authorities concerned, those to be told first; one statement."""
    counted = (
        leavers_from_elsewhere(user)
        .order_by()
        .values("home")  # type: ignore[misc]  # a column the query adds
        .annotate(
            to_tell=Count("person", distinct=True, filter=Q(is_told=False)),
            told=Count("person", distinct=True, filter=Q(home_notice__told_at__date__gte=since)),
        )
    )
    areas = ruleset(clock.today()).areas
    found = [
        Home(
            each["home"],
            areas[each["home"]].label if each["home"] in areas else each["home"],
            each["to_tell"],
            each["told"],
        )
        for each in counted
    ]
    return sorted(
        (each for each in found if each.to_tell or each.told), key=lambda each: (-each.to_tell, each.name)
    )


def to_tell(user: User, code: str) -> list[Leaver]:
    """The leavers of whom one authority is to be told, by name. One statement and the rules."""
    rules = ruleset(clock.today())
    rows = leavers_from_elsewhere(user).filter(Q(home=code) & Q(is_told=False))
    rows = rows.select_related("person", "intake__establishment")
    ordered = rows.order_by("person__family_name", "person__given_name", "person_id", "pk")
    latest = {row.person_id: row for row in ordered}  # said again in a later version, they are told of once
    return [_leaver(row, rules) for row in latest.values()]


def _leaver(row: IntakeRow, rules: RuleSet) -> Leaver:
    reason = rules.leaving_reasons.get(row.clean.get("leaving_reason", ""))
    doing = rules.activities.get(row.clean.get("now_doing", ""))
    return Leaver(
        row.pk,
        row.person,  # type: ignore[arg-type]  # only rows of somebody are asked for
        row.intake.sent_by,
        date.fromisoformat(row.clean["left_on"]),
        reason.words if reason else "",
        doing.plain_words if doing else "",
    )


HEADINGS = (
    "Last name",
    "First name",
    "Date of birth",
    "Was at",
    "Left on",
    "Why they left",
    "What they do next",
)


def lines_of(leavers: Iterable[Leaver]) -> list[tuple[object, ...]]:
    """These as the lines of a file: what the other authority needs to find them, and no more."""
    return [
        (
            each.person.family_name,
            each.person.given_name,
            each.person.date_of_birth,
            each.place,
            each.left_on,
            each.reason,
            each.doing,
        )
        for each in leavers
    ]
