"""The page of what to expect: reckoned from frozen months, silent without them, and what some work would change."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from neet import clock
from tests.factories import make_user, sign_in
from tracking.figures.models import Freeze, MonthTally
from tracking.figures.queries.ahead import ahead
from tracking.figures.queries.remembered import MONTHS
from tracking.figures.queries.tried import record
from tracking.rules.months import ReportingMonth

TODAY = date(2026, 11, 22)
YEAR = (50, 48, 49, 51, 54, 58, 62, 66, 120, 70, 60, 53)  # not known of 1,000, January to December


@pytest.fixture
def officer(council: Any, client: Client) -> Client:
    return sign_in(client, make_user("manager", council))


def freeze_months(council: Any, months: int) -> None:
    """So many months up to October 2026, each like the same month of the year before."""
    MONTHS.forget()
    month = ReportingMonth.of(date(2026, 10, 1))
    for _ in range(months):
        freeze = Freeze.objects.create(
            authority=council, month=month.ends_on, frozen_at=clock.now(), by_timer=True, people=1000
        )
        MonthTally.objects.create(
            authority=council, freeze=freeze, month=month.ends_on, academic_age=16,
            is_vulnerable=False, people=1000, cohort=1000, neet=30,
            not_known=YEAR[month.ends_on.month - 1], lapsed=0, participating=900, owed=0, offered=0,
        )  # fmt: skip
        month = month.before


def test_the_coming_months_are_those_of_the_years_before(council: Any) -> None:
    freeze_months(council, 30)

    found = ahead(council.pk, TODAY)

    together = found.outlooks[0]
    assert found.year == "2026-27"
    assert [each.month.slug for each in together.months] == ["2026-12", "2027-01", "2027-02"]
    assert [round(each.expected.value, 6) for each in together.months if each.expected] == [8.3, 8.0, 7.8]
    assert together.figure is not None
    assert round(together.figure.value, 6) == round((8.3 + 8.0 + 7.8) / 3, 6)
    participation = found.outlooks[3]
    assert participation.target == 93.7
    # From 90 to 93.7% of 1,000 in the 18 whole weeks until the end of March.
    assert (participation.weeks, participation.a_week, participation.is_met) == (18, 3, False)


def test_without_enough_months_nothing_is_told(council: Any, officer: Client) -> None:
    assert "No month to go by yet" in officer.get(reverse("figures_ahead")).content.decode()
    freeze_months(council, 14)

    page = officer.get(reverse("figures_ahead")).content.decode()

    assert "no forecast" in page
    assert "could be tried" in page


def test_what_some_work_would_change(
    council: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    freeze_months(council, 30)
    url = reverse("figures_ahead")

    with django_assert_max_num_queries(12):
        page = officer.get(url, {"found": "40", "found_neet": "10", "placed": "5"}).content.decode()

    assert "Then 35 would be NEET and 30 not known: 6.5% together" in page
    assert "more young people than there are" in officer.get(url, {"found": "400"}).content.decode()


def test_what_would_have_been_told_of_the_census_months(
    council: Any, officer: Client, django_assert_max_num_queries: Any
) -> None:
    url = reverse("figures_tried")
    assert "Nothing to try it on yet" in officer.get(url).content.decode()
    freeze_months(council, 40)

    found = record(council.pk, "together")
    last = [each for each in found.tries if each.month.slug == "2026-02"]
    assert [(each.distance, round(each.value, 6), round(each.came, 6)) for each in last] == [
        (ahead_by, 7.8, 7.8) for ahead_by in (6, 5, 4, 3, 2, 1)
    ]
    assert all(each.is_held for each in last if each.low is not None)
    by_distance = {each.distance: each for each in found.tallies}
    assert by_distance[1].tries == 6  # of two winters: July 2023 is the first month there is
    assert 0 < by_distance[1].ranged < by_distance[1].tries
    with django_assert_max_num_queries(12):
        page = officer.get(url, {"rate": "participation"}).content.decode()
    assert "In education and training" in page
    assert "no forecast: too little was known" in page
