"""Inventing a campaign that runs: shared out, and some of its people contacted day by day."""

from datetime import date, datetime, time, timedelta
from random import Random

from caseload.campaigns.actions import open_campaign, settle, share_out
from caseload.campaigns.models import CampaignPerson
from caseload.campaigns.queries.people import TO_DO, kinds_at, seen, state_is
from caseload.campaigns.statements import CampaignTold
from neet.accounts.models import User
from neet.clock import LONDON
from schools.models import Authority, Membership
from tracking.rules.council_year import ListRule

RAN_FOR, RUNS_FOR = timedelta(days=12), timedelta(weeks=8)
CONTACTED, SHARED = 0.4, 0.8
OUTCOMES = ("all_well", "all_well", "started", "wants_help", "not_reached", "not_reached", "not_needed")
WORDS = {
    "started": "Starts a job after the holidays.",
    "wants_help": "Asks for help with an application.",
    "not_reached": "Three calls, no answer.",
}


def campaigned(rng: Random, authority: Authority, officer: User, on: date) -> None:
    """The leavers of the autumn, whatever the season: it is the list a register of the year's beginning fills."""
    kind = next(each for each in kinds_at(authority.code, on) if each.list_rule is ListRule.LEFT_SINCE_AUTUMN)
    service = authority.services.filter(slug="neet-support").first()
    told = CampaignTold(kind.code, on - RAN_FOR, on + RUNS_FOR, service, officer)
    campaign = open_campaign(authority=authority, told=told, by=officer, on=on)
    rows = list(campaign.people.order_by("pk").values_list("pk", flat=True))
    campaign.people.update(added_on=on - RAN_FOR)
    colleagues = [each.user for each in _callers(authority)]
    if rows and colleagues:
        share_out(campaign=campaign, owners=colleagues, by=officer)
        late = [pk for pk in rows if rng.random() > SHARED]
        campaign.people.filter(pk__in=late).update(owner=None)
    reached = seen(officer).filter(state_is(TO_DO), campaign=campaign).order_by("pk")
    for pk in list(reached.values_list("pk", flat=True)):
        if rng.random() < CONTACTED:
            outcome = rng.choice(OUTCOMES)
            words = WORDS.get(outcome, "")
            settle(campaign=campaign, rows=[pk], outcome=outcome, words=words, by=officer)
            day = on - timedelta(days=rng.randrange(RAN_FOR.days))
            moment = datetime.combine(day, time(rng.randrange(9, 17)), LONDON)
            CampaignPerson.objects.filter(pk=pk).update(done_at=moment)


def _callers(authority: Authority) -> list[Membership]:
    held = Membership.objects.filter(authority=authority, role__in=("tracking_officer", "district_lead"))
    return list(held.select_related("user").order_by("pk"))
