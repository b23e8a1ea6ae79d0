"""The invented work on cases: there is something of everything, and the same dice give the same."""

from datetime import date
from random import Random

import pytest

from caseload.referrals.models import Referral
from caseload.reviews.models import Review, ServiceList
from caseload.reviews.queries import unreviewed
from caseload.screening.models import Screening
from caseload.seeding.work import handed_out, referred, reviewed, screened
from tests.caseload.reviews.conftest import TODAY, month  # noqa: F401  the open month is a fixture here too
from tests.factories import make_characteristic, make_user

pytestmark = pytest.mark.django_db


def invented(open_month):
    """The work on ten cases by these dice, as what can be told from it."""
    rng, officer = Random("1 work"), make_user("tracking_officer", open_month.authority)
    screened(rng, open_month.authority, officer, TODAY)
    reviewed(rng, open_month.run, officer, TODAY, 0.6)
    handed_out(open_month.authority, open_month.run, officer)
    referred(rng, open_month.authority, open_month.run, officer, TODAY)
    return (
        list(Screening.objects.order_by("person").values_list("wants", "held_on", "wants_education")),
        list(Review.objects.order_by("pk").values_list("outcome", "words", "next_step", "reviewed_on")),
        list(Referral.objects.order_by("pk").values_list("reason", "state", "due_on", "takes_the_lead")),
    )


def test_there_is_something_of_everything(month):  # noqa: F811  the fixture
    planned = month.case(since=date(2026, 3, 2))
    make_characteristic(planned.person)
    for _ in range(9):
        month.case()

    screenings, reviews, referrals = invented(month)

    assert len(screenings) == 10
    assert all(held_on <= TODAY for _, held_on, _ in screenings)
    assert [answer for *_, answer in screenings if answer]
    assert 0 < unreviewed(month.run).get(month.support.pk, 0) < 10
    assert [step for *_, step, _ in reviews if step]
    assert {state for _, state, *_ in referrals} == {"waiting", "accepted", "declined"}
    assert sum(state == "waiting" and due_on < TODAY for _, state, due_on, _ in referrals) == 2
    assert {bool(each.acknowledged_at) for each in ServiceList.objects.all()} == {True, False}
