"""Campaigns and whoever stands on their lists, as far as somebody sees them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from caseload.campaigns.models import Campaign, CampaignPerson
from caseload.campaigns.queries.lists import PLACE
from caseload.campaigns.rules import NO_LONGER, OUTCOMES, WHY
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from neet.ui.listing import Listing
from schools.models import Authority, Membership
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.register import Line, lines_by_key
from tracking.rules.council_year import CampaignKind

TO_DO, DONE, LEFT, EVERYBODY = "to_do", "done", "left", "all"
SORTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "why": ("place", "person__family_name", "person__given_name", "pk"),
        "name": ("person__family_name", "person__given_name", "pk"),
        "added": ("added_on", "place", "pk"),
    }
)


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to."""

    state: str = TO_DO
    owner: str = ""
    why: str = ""


@dataclass(frozen=True)
class OnList:
    """One young person on the list."""

    pk: int
    person: Line
    why: str
    owner: str
    added_on: date
    left_on: date | None
    outcome: tuple[str, str] | None
    words: str
    done_by: str
    is_open: bool


def kinds_at(authority_code: str, on: date) -> list[CampaignKind]:
    """The kinds of campaign this council knows: everybody's and its own, the next to begin first."""
    rows = ruleset(on).campaign_kinds.values()
    mine = [each for each in rows if each.authority in ("", authority_code)]
    return sorted(mine, key=lambda each: (each.usual_days(on), each.code))


def campaigns_of(user: User) -> QuerySet[Campaign]:
    """The campaigns of one's councils."""
    found = Campaign.objects.filter(authority__in=scope_of(user).authority_ids)
    return found.select_related("authority", "service", "owner")


def still_asked_after(on: date) -> QuerySet[CampaignPerson]:
    """Who stands on the list of a campaign that runs, and of whom nothing came yet."""
    running = Campaign.objects.filter(closed_at=None, starts_on__lte=on, ends_on__gte=on)
    return CampaignPerson.objects.filter(state_is(TO_DO), campaign__in=running)


def asked_after(on: date) -> QuerySet[Any, Any]:
    """The same for the order of calls: the young person, and what the campaign is called."""
    return still_asked_after(on).order_by().values("person_id", work=F("campaign__words"))


def audience(authority: Authority, narrowed: Mapping[str, Any], on: date) -> QuerySet[YoungPerson]:
    """Whoever is still to be contacted on the list of one campaign of the council, for messages."""
    rows = still_asked_after(on).filter(campaign=narrowed.get("campaign"), campaign__authority=authority)
    return YoungPerson.objects.filter(pk__in=rows.order_by().values("person"))


def may_lead(user: User, authority_id: int) -> bool:
    """Whether they open campaigns, share them out and close them."""
    places = scope_of(user).where(Permission.CONTACT_MANY)
    return any(place.authority_id == authority_id for place in places)


def seen(user: User) -> QuerySet[CampaignPerson]:
    """Who stands on lists, as far as this user sees their records."""
    visible = YoungPerson.objects.visible_to(user).values("pk")
    return CampaignPerson.objects.filter(person__in=visible)


def state_is(state: str) -> Q:
    open_still = Q(done_at=None, left_on=None)
    return {TO_DO: open_still, DONE: Q(done_at__isnull=False), LEFT: Q(left_on__isnull=False)}.get(state, Q())


def wanted_people(user: User, campaign: Campaign, wanted: Wanted) -> QuerySet[CampaignPerson]:
    found = seen(user).filter(state_is(wanted.state), campaign=campaign)
    if wanted.why:
        found = found.filter(why=wanted.why)
    if wanted.owner == "nobody":
        found = found.filter(owner=None)
    elif wanted.owner:
        found = found.filter(owner=user.pk if wanted.owner == "me" else int(wanted.owner))
    place = Case(
        *(When(why=why, then=Value(number)) for why, number in PLACE.items()),
        default=Value(len(PLACE)),
        output_field=IntegerField(),
    )
    return found.annotate(place=place)


@dataclass(frozen=True)
class Listed:
    listing: Listing
    lines: tuple[OnList, ...]


def listed(user: User, campaign: Campaign, wanted: Wanted, listing: Listing, on: date) -> Listed:
    """One page of the list: three statements."""
    found = wanted_people(user, campaign, wanted)
    listing = listing.counted(found.count())
    page = found.select_related("owner", "done_by").order_by(*listing.order_by)
    rows = list(page[listing.start : listing.stop])
    people = lines_by_key((each.person_id for each in rows), user, on)
    return Listed(listing, tuple(_on_list(each, people[each.person_id]) for each in rows))


def _on_list(row: CampaignPerson, person: Line) -> OnList:
    return OnList(
        pk=row.pk,
        person=person,
        why=WHY.get(row.why, row.why),
        owner=row.owner.name if row.owner else "",
        added_on=row.added_on,
        left_on=row.left_on,
        outcome=OUTCOMES.get(row.outcome, (row.outcome, "plain")) if row.outcome else None,
        words=row.words or (NO_LONGER if row.left_on else ""),
        done_by=row.done_by.name if row.done_by else "",
        is_open=row.done_at is None and row.left_on is None,
    )


@dataclass(frozen=True)
class Standing:
    """How far a campaign is, as far as one sees its people."""

    everybody: int = 0
    done: int = 0
    left: int = 0
    mine: int = 0
    nobodys: int = 0

    @property
    def to_do(self) -> int:
        return self.everybody - self.done - self.left


def standings(user: User, campaigns: QuerySet[Campaign]) -> dict[int, Standing]:
    """How far each of these campaigns is: one statement."""
    still = state_is(TO_DO)
    rows = (
        seen(user)
        .filter(campaign__in=campaigns.values("pk"))
        .order_by()
        .values("campaign")
        .annotate(
            everybody=Count("pk"),
            done=Count("pk", filter=state_is(DONE)),
            left=Count("pk", filter=Q(left_on__isnull=False, done_at=None)),
            mine=Count("pk", filter=still & Q(owner=user)),
            nobodys=Count("pk", filter=still & Q(owner=None)),
        )
    )
    return {
        row["campaign"]: Standing(row["everybody"], row["done"], row["left"], row["mine"], row["nobodys"])
        for row in rows
    }


@dataclass(frozen=True)
class Owned:
    """One owner's part of a campaign."""

    owner_id: int | None
    name: str
    to_do: int
    done: int


def owners(user: User, campaign: Campaign) -> tuple[Owned, ...]:
    """Who has how many: one statement."""
    rows = (
        seen(user)
        .filter(campaign=campaign)
        .order_by()
        .values("owner", name=F("owner__name"))
        .annotate(to_do=Count("pk", filter=state_is(TO_DO)), done=Count("pk", filter=state_is(DONE)))
        .order_by(F("name").asc(nulls_last=True), "owner")
    )
    found = (Owned(row["owner"], row["name"] or "Nobody yet", row["to_do"], row["done"]) for row in rows)
    return tuple(each for each in found if each.owner_id or each.to_do or each.done)


def who_may_own(authority_id: int, on: date) -> Q:
    """Whoever makes calls for the council today."""
    roles = [slug for slug, role in ROLES.items() if Permission.CHASE in role.permissions]
    held = Membership.objects.running(on).filter(authority=authority_id, role__in=roles)
    return Q(pk__in=held.values("user"), is_active=True)
