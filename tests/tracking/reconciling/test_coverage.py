"""The register beside the estimated population, counted again one by one; its page, and who sees what of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from schools.models import Authority, District
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_user,
    sign_in,
)
from tests.tracking.reconciling.conftest import DIRECTORY, HEADINGS, KENT, Write
from tests.tracking.reconciling.test_loading import load
from tracking.figures.actions import Month, freeze
from tracking.models import YoungPerson
from tracking.reconciling.actions.loading import load_population
from tracking.reconciling.models import Postcode
from tracking.reconciling.queries.coverage import coverage
from tracking.reconciling.queries.planned_ends import planned_ends
from tracking.reconciling.rules.estimates import Estimate
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_age
from tracking.rules.cohort import CohortFacts, place_of

TODAY = date(2026, 11, 23)
ESTIMATED = {age: 12 * (age - 9) for age in range(13, 20)}


@pytest.fixture
def crowd(authority: Authority) -> list[YoungPerson]:
    """One born in every month over twelve years, every seventh gone or merged, every fifth with a plan."""
    made = []
    for number in range(144):
        letter = "PTXP"[number // 7 % 4] if number % 7 == 0 else "P"
        born = date(2000 + number // 12, number % 12 + 1, 15)
        person = make_person(
            authority, date_of_birth=born, cohort_status=letter, cohort_status_on=date(2025, 1, 1)
        )
        if number % 5 == 0:
            make_characteristic(person, "EHCP", starts_on=date(2020, 1, 1))
        made.append(person)
    return made


@pytest.fixture
def estimated(db: None) -> None:
    figures = [Estimate(KENT, 2026, age, people) for age, people in ESTIMATED.items()]
    load_population(name="mid-2026", estimates=figures, by=None)


def test_the_register_by_age_counted_one_by_one_comes_out_again(
    authority: Authority, crowd: list[YoungPerson], estimated: None
) -> None:
    rules = ruleset(TODAY)
    plans = set(authority.young_people.filter(characteristics__code="EHCP").values_list("pk", flat=True))
    inside = [
        academic_age(each.date_of_birth, TODAY)
        for each in crowd
        if place_of(
            CohortFacts(each.date_of_birth, each.cohort_status, each.cohort_status_on, each.pk in plans),
            rules,
            TODAY,
        ).is_inside
    ]

    found = coverage(authority.pk, TODAY)

    assert [line.held for line in found.ages] == [inside.count(age) for age in (15, 16, 17)]
    assert found.with_plan == sum(age > 17 for age in inside) > 0
    assert [line.expected for line in found.ages] == [
        round(ESTIMATED[age] * 10 / 12 + ESTIMATED[age - 1] * 2 / 12) for age in (15, 16, 17)
    ]
    together = found.together
    assert (together.held, together.expected) == (
        inside.count(16) + inside.count(17),
        sum(line.expected or 0 for line in found.ages[1:]),
    )
    assert together.is_beyond
    assert together.difference == together.held - 176


def test_months_are_as_they_were_frozen_and_today_is_last(
    authority: Authority, crowd: list[YoungPerson], estimated: None
) -> None:
    freeze(month=Month(authority.pk, date(2026, 10, 31)), by=None)
    YoungPerson.objects.filter(pk=crowd[115].pk).update(
        cohort_status="T", cohort_status_on=date(2026, 11, 20)
    )

    found = coverage(authority.pk, TODAY)

    (october, before), (today, now) = found.months
    assert (october, today) == (date(2026, 10, 31), TODAY)
    assert before.held == now.held + 1
    assert before.expected == now.expected


def test_without_estimates_nothing_is_expected(authority: Authority, crowd: list[YoungPerson]) -> None:
    found = coverage(authority.pk, TODAY)

    assert (found.mid_year, found.together.expected, found.together.is_beyond) == (None, None, False)


def test_planned_ends_are_counted_of_those_in_learning(authority: Authority) -> None:
    for end in (date(2027, 7, 1), None, date(2027, 7, 2), date(2028, 7, 2)):
        person = make_person(authority, date_of_birth=date(2009, 12, 1))
        make_activity(person, predicted_end_on=end, verified_on=date(2026, 10, 1))
    make_activity(
        make_person(authority), "540", predicted_end_on=date(2027, 1, 1), verified_on=date(2026, 11, 1)
    )

    found = planned_ends(authority.pk, TODAY)

    assert (found.learning, found.with_end, found.percent) == (4, 3, 75.0)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_says_what_there_is_to_look_into(
    client: Client, officer: User, crowd: list[YoungPerson], estimated: None, north: District, write: Write
) -> None:
    load("load_postcodes", write(*DIRECTORY))
    make_residence(crowd[-20], postcode="ZZ3 1AA")

    shown = text(sign_in(client, officer).get(reverse("coverage")))

    assert "fewer than are estimated (\u2212" in shown
    assert "look into it" in shown
    assert "mid-2026" in shown
    assert "Address outside our area" in shown
    assert "never brought in" in shown


def test_the_page_without_anything_to_hold_it_against(client: Client, authority: Authority) -> None:
    lead = make_user("district_lead", authority, district=make_district(authority))
    assert sign_in(client, make_user("manager", authority)).get(reverse("coverage")).status_code == 404
    shown = text(sign_in(client, lead).get(reverse("coverage")))

    for words in ("No estimates were taken in yet", "No school census", "No directory of postcodes"):
        assert words in shown
    assert "Bring one in" not in shown


def test_the_page_takes_the_same_statements_for_one_and_for_many(
    client: Client,
    officer: User,
    crowd: list[YoungPerson],
    estimated: None,
    django_assert_max_num_queries: Any,
) -> None:
    page = sign_in(client, officer)
    page.get(reverse("coverage"))

    with django_assert_max_num_queries(25):
        page.get(reverse("coverage"))


@pytest.fixture
def differing(authority: Authority, north: District, south: District, write: Write) -> YoungPerson:
    load("load_postcodes", write(HEADINGS, *DIRECTORY[1:]))
    person = make_person(authority, family_name="Ambler")
    make_residence(person, postcode="ZZ2 1AA", district=north)
    return person


def test_an_address_is_put_right_after_it_was_shown(
    client: Client, officer: User, differing: YoungPerson, south: District
) -> None:
    page = sign_in(client, officer)
    here, take = reverse("coverage_addresses", args=["differs"]), reverse("coverage_take_district")
    assert "Ambler" in text(page.get(here))
    read = AuditEvent.objects.get(kind="reconciling.addresses_read")
    assert read.subjects == [differing.pk]

    assert "Select at least one young person" in text(page.post(take, {"ticked": "nobody"}, follow=True))
    shown = text(page.post(take, {"ticked": str(differing.ref)}))
    assert "replaces the one that was written down" in shown
    assert differing.residences.get().district != south

    done = text(page.post(take, {"ticked": str(differing.ref), "sure": "yes"}, follow=True))
    assert "stands for 1 young person" in done
    assert differing.residences.get().district == south
    assert "Nobody" in done


def test_addresses_are_shown_to_whoever_may_see_them(
    client: Client, differing: YoungPerson, make_stranger: Callable[[], User]
) -> None:
    here = reverse("coverage_addresses", args=["differs"])
    assert "Ambler" not in text(sign_in(client, make_stranger()).get(here))
    assert sign_in(client, make_user("manager", differing.authority)).get(here).status_code == 404
    officer = make_user("mi_officer", differing.authority)
    assert sign_in(client, officer).get(reverse("coverage_addresses", args=["other"])).status_code == 404
    assert Postcode.objects.exists()


@pytest.fixture
def make_stranger() -> Callable[[], User]:
    return lambda: make_user("mi_officer", make_authority(code="887"))
