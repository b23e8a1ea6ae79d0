"""Points over a council: what counts, kept once a month, judged by what became of those they named."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.prevention.actions.nightly import keep_points
from caseload.prevention.models import AtRisk, RiskFact, RiskPoints
from caseload.prevention.queries.looking_back import judged
from caseload.prevention.queries.points import points_of
from caseload.prevention.rules import Group, by_chance, by_school, hand_over_by
from neet.audit.models import AuditEvent
from tests.caseload.prevention.conftest import TODAY, YEAR_10, YEAR_12, freeze
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_person,
    make_school,
)
from tracking.figures.models import MonthRecord
from tracking.register.models import YoungPerson

pytestmark = pytest.mark.django_db


def points(council, on=TODAY):
    return {each.person: (each.points, each.reasons) for each in points_of(council.authority, on)}


def test_points_come_from_what_the_register_knows_and_what_was_said(council, assert_statements):
    elsewhere = make_school(kind="alternative")
    both = council.pupil(school=elsewhere, intended_destination="511", offer="140")
    make_characteristic(both)
    make_characteristic(both, "SENS")
    again = council.pupil(YEAR_12)
    make_activity(again, SEEKING, date(2026, 3, 1), ends_on=date(2026, 7, 1))
    said = council.pupil(YEAR_10)
    RiskFact.objects.create(person=said, factor="attendance_85", said_on=date(2026, 11, 2))
    council.pupil()  # nothing is known of them

    with assert_statements(4):
        found = points(council)

    assert found == {
        both.pk: (5, ("plan", "alternative_place", "no_offer", "sen_support", "undecided")),
        again.pk: (3, ("was_neet",)),
        said.pk: (2, ("attendance_85",)),
    }


@pytest.mark.parametrize(
    "change",
    [
        {"restricted_on": date(2026, 1, 1), "restricted_reason": "A court says so"},
        {"cohort_status": "T", "cohort_status_on": date(2027, 1, 4)},
        {"date_of_birth": date(2008, 3, 1)},
        {"date_of_birth": date(2014, 3, 1)},
    ],
)
def test_who_is_restricted_left_or_of_another_year_has_none(council, change):
    person = council.pupil()
    make_characteristic(person)
    assert person.pk in points(council)

    YoungPerson.objects.filter(pk=person.pk).update(**change)

    assert points(council) == {}


def test_of_another_council_nobody_is_counted_and_past_days_are_counted_as_they_were(council):
    make_characteristic(make_person(make_authority(), date_of_birth=date(2011, 3, 3)))
    person = council.pupil()
    make_characteristic(person, starts_on=date(2027, 4, 1))

    assert points(council) == {person.pk: (2, ("plan",))}
    assert points(council, date(2027, 3, 31)) == {}


def test_points_are_kept_once_when_a_month_is_over_and_forgotten_after_three_years(council):
    person = council.pupil()
    make_characteristic(person)
    RiskPoints.objects.create(person=person, month=date(2024, 3, 31), points=1)

    assert keep_points(day=TODAY) == {"kept": 1}
    assert keep_points(day=TODAY) == {"kept": 0}

    assert list(RiskPoints.objects.values_list("month", "points", "reasons")) == [
        (date(2027, 4, 30), 2, ["plan"]),
    ]
    kept = AuditEvent.objects.filter(
        kind="prevention.points_of_the_month_kept", authority_id=council.authority.pk
    )
    assert [each.counts for each in kept.order_by("pk")] == [{"kept": 1}, {"repeated": 1}]


def test_the_shares_of_three_lists_by_hand():
    groups = [Group(10, 4, 20.0), Group(30, 3, 5.0), Group(10, 0, 0.0)]

    school = by_school(25, groups)
    assert (school.listed, school.found, school.became, school.people) == (25, 5.5, 7, 50)
    assert (school.precision, round(school.recall, 1)) == (22.0, 78.6)
    assert by_chance(25, 50, 7).precision == 14.0
    assert by_chance(25, 10, 2).listed == 10
    assert by_chance(25, 0, 0).precision is None


@pytest.mark.parametrize(
    ("on", "by"),
    [
        (date(2027, 4, 30), None),
        (date(2027, 5, 1), date(2027, 8, 31)),
        (date(2027, 8, 31), date(2027, 8, 31)),
        (date(2027, 9, 1), None),
    ],
)
def test_hand_over_is_asked_for_before_the_school_year_ends(on, by):
    assert hand_over_by(on) == by


@pytest.fixture
def looked_back(council):
    """A list made in March, judged in September's neighbour: five pupils, two of them with points, and what became of
    each by the end of November."""
    ada, bram, cleo, dara, ezra = (council.pupil(date(2010, 3, 1 + number)) for number in range(5))
    made, between, last = date(2026, 5, 31), date(2026, 8, 31), date(2026, 11, 30)
    freeze(council, made, dict.fromkeys((ada, bram, cleo, dara), ("COMPULSORY", 15)) | {ezra: ("NEET", 16)})
    freeze(
        council,
        between,
        {ada: ("NEET", 15), bram: ("NOT_KNOWN", 15)} | dict.fromkeys((cleo, dara), ("EET", 15)),
    )
    MonthRecord.objects.filter(month=between).update(is_measured=True)
    freeze(
        council, last,
        {ada: ("EET", 16), bram: ("EET", 16), cleo: ("NOT_KNOWN", 16), dara: ("EET", 16), ezra: ("NEET", 17)},
    )  # fmt: skip
    RiskPoints.objects.bulk_create(
        RiskPoints(person=each, month=made, points=number, reasons=[])
        for each, number in ((ada, 4), (dara, 2), (ezra, 9))
    )
    return council


def test_a_list_is_judged_by_what_became_of_those_on_it(looked_back):
    (found,) = judged(looked_back.authority.pk, length=1, within=6, on=TODAY)

    assert found.month.slug == "2026-05"
    assert (found.points.people, found.points.became) == (
        4,
        2,
    )  # Ada in between, Cleo at the end; Ezra was NEET before
    assert (found.points.listed, found.points.found, found.points.precision, found.points.recall) == (
        1,
        1,
        100.0,
        50.0,
    )
    assert found.chance.precision == 50.0
    assert judged(looked_back.authority.pk, length=2, within=6, on=TODAY)[0].points.precision == 50.0
    assert judged(looked_back.authority.pk, length=2, within=12, on=TODAY) == ()


def test_the_page_says_how_right_the_points_were(looked_back, signed_in, assert_statements):
    client = signed_in(looked_back.lead)
    client.get(reverse("risk_test"))
    with assert_statements(13):
        page = client.get(reverse("risk_test"), {"length": 10}).content.decode()

    assert "May 2026" in page
    assert "50.0%" in page
    assert "Not whether help worked" in page
    file = b"".join(client.get(reverse("risk_test_file"), {"length": 10})).decode("utf-8-sig")
    assert file.splitlines()[1].startswith("May 2026,4,2,2,1,50.0%")


def test_whom_the_points_name_comes_onto_the_list_in_one_act(council, signed_in, assert_statements):
    for _ in range(8):
        make_characteristic(council.pupil())
    hidden, neet = council.pupil(family_name="Quietly"), council.pupil(YEAR_12, family_name="Already")
    for person in (hidden, neet):
        make_characteristic(person, "110")
        make_characteristic(person, "140")
    neet.activities.update(ends_on=date(2027, 3, 1))
    make_activity(neet, SEEKING, date(2027, 3, 2), verified_on=TODAY)
    client = signed_in(council.lead)
    client.get(reverse("risk_points"))

    with assert_statements(16):
        page = client.get(reverse("risk_points"), {"length": 10}).content.decode()

    assert "9 young people have points and are not on the list" in page
    assert page.index("Quietly") < page.index("Has an EHC plan")  # four points before two
    assert "Already" not in page
    chief = signed_in(council.chief).get(reverse("risk_points")).content.decode()
    assert "cares for somebody" in chief.lower()
    assert "is looked after" not in chief.lower()
    assert "Tick at least one" in client.post(reverse("enter_named"), {}, follow=True).content.decode()
    client.post(reverse("enter_named"), {"ticked": [hidden.pk]})
    entry = AtRisk.objects.get()
    assert (entry.person, entry.said_by, entry.reasons) == (hidden, "points", ["carer", "in_care"])
    assert "Quietly" not in client.get(reverse("risk_points")).content.decode()


def test_who_sees_nobody_is_named_nobody(council, signed_in):
    make_characteristic(council.pupil())

    assert "The points name nobody" in signed_in(council.sender).get(reverse("risk_points")).content.decode()
