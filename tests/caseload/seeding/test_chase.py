"""The invented chase: shared among three, tried on working days, with tips and answers; the same dice give the same."""

from random import Random

from caseload.chase.models import Attempt
from caseload.seeding.chase import chased
from neet.accounts.scope import scope_of
from neet.working_days import is_working_day
from tests.caseload.chase.conftest import TODAY, town  # noqa: F401  the town is a fixture here too
from tests.factories import make_user
from tracking.models import Claim, Responsibility


def invented(place):
    officer = make_user("tracking_officer", place.authority)
    chased(Random("1 chase"), place.authority, officer, TODAY)
    return officer, list(Attempt.objects.order_by("pk").values_list("outcome", "tried_at"))


def test_there_are_calls_tries_tips_and_answers(town):  # noqa: F811  the fixture
    for _ in range(20):
        town.lost()
        town.apprentice(TODAY.replace(year=2025, day=28))

    officer, tried = invented(town)

    assert len({each.user for each in Responsibility.objects.filter(kind="tracking")}) == 3
    assert scope_of(officer).can("work.share_out")
    assert len(tried) > 10
    assert all(is_working_day(at.date()) for outcome, at in tried[:-2])
    assert {each.channel for each in Claim.objects.all()} == {"hub", "survey"}
    assert [outcome for outcome, _ in tried[-2:]] == ["call_back", "call_back"]
