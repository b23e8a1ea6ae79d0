"""The invented year: posts of which one is held by nobody, a plan that is partly done, and a campaign that runs."""

from random import Random

import pytest

from caseload.campaigns.models import Campaign
from caseload.plan.models import Post
from caseload.plan.queries.board import board
from caseload.plan.queries.posts import directory
from caseload.seeding.campaigns import campaigned
from caseload.seeding.plan import planned_year
from tests.caseload.campaigns.conftest import TODAY, council  # noqa: F401  the council is a fixture here too
from tests.factories import make_service, make_user

pytestmark = pytest.mark.django_db


def test_a_year_has_something_of_everything(council):  # noqa: F811  the fixture
    make_service(council.authority, slug="open-access")
    make_service(council.authority, slug="send")
    for role in ("manager", "mi_officer"):
        make_user(role, council.authority)

    planned_year(Random("1 year"), council.authority, TODAY)

    found = board(council.authority, 2026, TODAY)
    assert {name for name, number in found.counts.items() if number} == {
        "late", "due", "to_come", "done", "not_needed",
    }  # fmt: skip
    assert Post.objects.filter(holder=None).exists()
    assert directory(council.authority, TODAY).gaps
    assert all(line.done_at.date() <= TODAY for line in found.lines if line.done_at)


def test_a_campaign_is_partly_done_by_the_same_dice(council):  # noqa: F811  the fixture
    for _ in range(20):
        council.left()

    campaigned(Random("1 campaign"), council.authority, council.officer, TODAY)

    campaign = Campaign.objects.get()
    done = campaign.people.exclude(outcome="")
    assert 0 < done.count() < 20
    assert campaign.people.filter(owner=None).exists()
    assert {each.done_at.date() for each in done} != {TODAY}
    assert all(each.done_at.date() <= TODAY for each in done)
