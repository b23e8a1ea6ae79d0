"""A campaign opened, its list made anew each night, shared out, worked through and closed."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from caseload.allocation.actions.settling import allowed
from caseload.campaigns.kinds import Kind
from caseload.campaigns.models import Campaign, CampaignPerson
from caseload.campaigns.queries.lists import Asked, belonging
from caseload.campaigns.queries.people import TO_DO, kinds_at, seen, state_is, who_may_own
from caseload.campaigns.rules import OUTCOMES
from caseload.campaigns.statements import CampaignTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import repeated, within_reach
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.council_year import CampaignKind

P = Permission
LOCK = "campaign"
# Who belongs and is not there yet comes on the list; who had left it without an outcome comes back, for today's reason.
ADD = """
    INSERT INTO caseload_campaignperson (campaign_id, person_id, why, added_on, outcome, words)
    SELECT %(campaign)s, belongs.person, belongs.why, %(day)s, '', ''
    FROM json_to_recordset(%(people)s) AS belongs (person bigint, why text)
    ORDER BY belongs.person
    ON CONFLICT (campaign_id, person_id) DO UPDATE SET left_on = NULL, why = excluded.why
    WHERE caseload_campaignperson.left_on IS NOT NULL AND caseload_campaignperson.done_at IS NULL
"""
# Calls are shared one after the other, so that everybody gets of every reason.
SHARE = """
    UPDATE caseload_campaignperson held SET owner_id = shared.owner FROM (
      SELECT l.id, (%(owners)s::bigint[])[1 + (row_number() OVER (ORDER BY l.why, l.id) - 1) %% %(number)s] AS owner
      FROM caseload_campaignperson l WHERE l.id = ANY(%(rows)s)
    ) shared WHERE held.id = shared.id AND held.owner_id IS DISTINCT FROM shared.owner
"""


def open_campaign(*, authority: Authority, told: CampaignTold, by: User, on: date | None = None) -> Campaign:
    """Open a campaign and make its list. The same kind from the same day is opened once.

    Raises NotRight, NotPermitted.
    """
    allowed(by, authority.pk, P.CONTACT_MANY)
    kind = kind_of(authority, told.kind, told.starts_on)
    day = on or clock.today()
    refuse(authority, told, day)
    with recorded(Kind.OPENED, by=by, authority_id=authority.pk) as event:
        one_at_a_time(LOCK, authority.pk)
        same = Campaign.objects.filter(authority=authority, kind=told.kind, starts_on=told.starts_on).first()
        if same:
            repeated(event)
            return same
        campaign = Campaign.objects.create(
            authority=authority, kind=told.kind, words=kind.words, service=told.service, owner=told.owner,
            starts_on=told.starts_on, ends_on=told.ends_on, opened_by=by,
        )  # fmt: skip
        event.counts = {"campaign": campaign.pk}
        refresh(campaign=campaign, day=day, by=by)
        return campaign


def kind_of(authority: Authority, code: str, on: date) -> CampaignKind:
    found = next((each for each in kinds_at(authority.code, on) if each.code == code), None)
    if found is None:
        raise NotRight({"kind": "Select a campaign"})
    return found


def refuse(authority: Authority, told: CampaignTold, on: date) -> None:
    if told.ends_on < told.starts_on:
        raise NotRight({"ends_on": "The last day must be on or after the first"})
    if told.ends_on < on:
        raise NotRight({"ends_on": "The last day must be today or later"})
    if told.service and told.service.authority_id != authority.pk:
        raise NotRight({"service": "Select a service of this council"})
    if told.owner and not User.objects.filter(who_may_own(authority.pk, on), pk=told.owner.pk).exists():
        raise NotRight({"owner": "Select somebody who makes calls for this council"})


def refresh(*, campaign: Campaign, day: date, by: User | None) -> dict[str, int]:
    """Bring the list to what the register says that day: who belongs comes, who no longer fits leaves with the reason
    they were there for; whoever has an outcome stays. Done twice, the second changes nothing."""
    rule = kind_of(campaign.authority, campaign.kind, campaign.starts_on).list_rule
    with recorded(Kind.REFRESHED, by=by, authority_id=campaign.authority_id) as event:
        asked = Asked(campaign.authority_id, campaign.starts_on, campaign.ends_on, day)
        people = belonging(rule, asked)
        came = add(campaign, people, day)
        gone = CampaignPerson.objects.filter(state_is(TO_DO), campaign=campaign).exclude(
            person__in=list(people)
        )
        left = gone.update(left_on=day)
        Campaign.objects.filter(pk=campaign.pk).update(refreshed_at=clock.now())
        event.counts = {"campaign": campaign.pk, "belong": len(people), "came": came, "left": left}
        event.subjects = sorted(people)
        return {"came": came, "left": left}


def add(campaign: Campaign, people: dict[int, str], day: date) -> int:
    rows = json.dumps([{"person": person, "why": why} for person, why in people.items()])
    with connection.cursor() as cursor:
        cursor.execute(ADD, {"campaign": campaign.pk, "day": day, "people": rows})
        return cursor.rowcount


def lists_of_the_day(*, day: date) -> dict[str, int]:
    """Every campaign that runs gets its list made anew; those that are over are left as they are."""
    counts = {"came": 0, "left": 0}
    running = Campaign.objects.filter(closed_at=None, starts_on__lte=day, ends_on__gte=day)
    for campaign in running.select_related("authority").order_by("pk"):
        done = refresh(campaign=campaign, day=day, by=None)
        counts = {name: counts[name] + done[name] for name in counts}
    return counts


def share_out(*, campaign: Campaign, owners: Collection[User], by: User, anew: bool = False) -> int:
    """Share evenly among these colleagues whoever nobody has yet, or `anew` everybody still to do; how many changed
    hands. Raises NotRight, NotPermitted."""
    allowed(by, campaign.authority_id, P.CONTACT_MANY)
    if not owners:
        raise NotRight({"owners": "Select at least one colleague"})
    fit = User.objects.filter(who_may_own(campaign.authority_id, clock.today()))
    chosen = sorted({each.pk for each in owners})
    if fit.filter(pk__in=chosen).count() != len(chosen):
        raise NotRight({"owners": "Select colleagues who make calls for this council"})
    with recorded(Kind.SHARED_OUT, by=by, authority_id=campaign.authority_id) as event:
        open_still(campaign)
        rows = seen(by).filter(state_is(TO_DO), campaign=campaign)
        rows = rows if anew else rows.filter(owner=None)
        held = list(rows.order_by("pk").values_list("pk", "person"))
        asked: dict[str, Any] = {"owners": chosen, "number": len(chosen), "rows": [pk for pk, _ in held]}
        with connection.cursor() as cursor:
            cursor.execute(SHARE, asked)
            number = cursor.rowcount
        event.subjects = [person for _, person in held]
        event.counts = {"campaign": campaign.pk, "changed": number}
        return number


def settle(*, campaign: Campaign, rows: Iterable[int], outcome: str, by: User, words: str = "") -> int:
    """What came of these people of the list; those that have an outcome keep it. How many are new.

    Raises NotRight, and NotPermitted where one of them is not this user's to ring.
    """
    if outcome not in OUTCOMES:
        raise NotRight({"": "Select what came of it"})
    asked = set(rows)
    if not asked:
        raise NotRight({"": "Tick the young people first"})
    with recorded(Kind.SETTLED, by=by, authority_id=campaign.authority_id) as event:
        open_still(campaign)
        held = reached(campaign, asked, by)
        still = [each.pk for each in held if each.done_at is None]
        CampaignPerson.objects.filter(pk__in=still).update(
            outcome=outcome, words=words.strip()[:240], done_at=clock.now(), done_by=by, left_on=None
        )
        event.subjects = [each.person_id for each in held]
        event.counts = {"campaign": campaign.pk, "changed": len(still)}
        return len(still)


def unsettle(*, campaign: Campaign, row: int, by: User) -> None:
    """Nothing came of it after all: they are to be rung. Raises NotRight, NotPermitted."""
    with recorded(Kind.REOPENED, by=by, authority_id=campaign.authority_id) as event:
        open_still(campaign)
        held = reached(campaign, {row}, by)
        CampaignPerson.objects.filter(pk=row).update(outcome="", words="", done_at=None, done_by=None)
        event.subjects = [each.person_id for each in held]
        event.counts = {"campaign": campaign.pk}


def reached(campaign: Campaign, rows: Collection[int], by: User) -> list[CampaignPerson]:
    """These rows, held, all of them about young people this user may ring."""
    mine = within_reach(by, P.CHASE).values("pk")
    found: QuerySet[CampaignPerson] = CampaignPerson.objects.select_for_update(of=("self",))
    held = list(found.filter(campaign=campaign, pk__in=rows, person__in=mine).order_by("pk"))
    if len(held) != len(set(rows)):
        raise NotPermitted(P.CHASE)
    return held


def close_campaign(*, campaign: Campaign, by: User) -> Campaign:
    """The work on this list is over; what came of it stays. Closed twice it is closed once. Raises NotPermitted."""
    allowed(by, campaign.authority_id, P.CONTACT_MANY)
    with recorded(Kind.CLOSED, by=by, authority_id=campaign.authority_id) as event:
        now = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
        event.counts = {"campaign": now.pk}
        if now.closed_at:
            repeated(event)
            return now
        now.closed_at = clock.now()
        now.save(update_fields=["closed_at"])
        return now


def open_still(campaign: Campaign) -> None:
    now = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if now.closed_at:
        raise NotRight({"": "This campaign is closed: what came of it stays as it is"})
