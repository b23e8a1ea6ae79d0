"""The pages of past days: asked for, compared, with the people as far as they are open."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from neet import clock
from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from tests.browser import PHONE, assert_accessible
from tests.factories import make_authority, make_district, make_residence, make_user, sign_in
from tests.tracking.replays.conftest import OCTOBER
from tracking.replays.actions import PastDay, replay
from tracking.replays.models import Replay


def words(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def made(october):
    frozen = october["frozen"]
    return replay(past=PastDay(frozen.authority_id, frozen.month, frozen.frozen_at, frozen.pk), by=None)


def desk_of(council) -> Client:
    return sign_in(Client(), make_user("tracking_officer", council))


@pytest.fixture
def desk(council):
    return desk_of(council)


def test_a_day_is_asked_for_and_stands_in_the_list(desk, october):
    day = {
        "day_day": "31",
        "day_month": "10",
        "day_year": "2026",
        "known_on_day": "10",
        "known_on_month": "12",
        "known_on_year": "2026",
    }

    shown = words(desk.post(reverse("past_days"), day, follow=True))
    assert "Reading a past day again" in shown
    jobs.run(job_id=Job.objects.get().pk)

    assert "31 Oct 2026" in words(desk.get(reverse("past_days")))
    assert Replay.objects.get().different == 0  # known today is what is believed today


def test_a_frozen_month_is_read_again_by_one_click(desk, october):
    desk.post(reverse("past_freeze", args=[october["frozen"].pk]))
    jobs.run(job_id=Job.objects.get().pk)

    shown = words(desk.get(reverse("past_day", args=[Replay.objects.get().pk])))
    assert "The rows of the frozen month came out again exactly" in shown


def test_who_counts_differently_is_named_with_both_readings(desk, made, october):
    shown = words(desk.get(reverse("past_day", args=[made.pk])))

    assert "PersonB" in shown
    assert "PersonC" in shown
    assert "PersonA" not in shown
    assert "NEET 1 0 -1" in shown
    event = AuditEvent.objects.get(kind="replays.people_of_a_difference_read")
    assert set(event.subjects) == {october["seeker"].pk, october["lost"].pk}


def test_who_sees_no_records_has_no_past_days(made, council):
    """What differs between two readings is always few."""
    desk = sign_in(Client(), make_user("manager", council))

    assert desk.get(reverse("past_days")).status_code == 404
    assert desk.get(reverse("past_day", args=[made.pk])).status_code == 404
    assert desk.post(reverse("past_freeze", args=[made.freeze_id])).status_code == 404


def test_a_district_lead_compares_their_own_district_alone(council, october):
    home, beyond = make_district(council), make_district(council)
    for name, district in (("student", home), ("seeker", home), ("lost", beyond)):
        make_residence(october[name], district=district, starts_on=date(2020, 1, 1))
    made = replay(past=PastDay(council.pk, OCTOBER, clock.now()), by=None)
    replay_of_old = Replay.objects.create(authority=council, day=OCTOBER, known_at=clock.now())
    lead = sign_in(Client(), make_user("district_lead", council, district=home))

    shown = words(lead.get(reverse("past_day", args=[made.pk])))

    assert "In the cohort 2 2 0" in shown
    assert "In the cohort 3 3 0" in words(desk_of(council).get(reverse("past_day", args=[made.pk])))
    assert "Compare the day again" in words(lead.get(reverse("past_day", args=[replay_of_old.pk])))
    assert "Count differently" not in words(lead.get(reverse("past_days")))


def test_who_counts_differently_elsewhere_is_not_told_to_a_district_lead(council, made):
    lead = sign_in(Client(), make_user("district_lead", council, district=make_district(council)))

    shown = words(lead.get(reverse("past_day", args=[made.pk])))

    assert "PersonB" not in shown
    assert "2 young people" not in shown
    assert "NEET 0 0 0" in shown


def test_another_councils_readings_are_not_there(made):
    desk = sign_in(Client(), make_user("tracking_officer", make_authority(code="887")))

    assert desk.get(reverse("past_day", args=[made.pk])).status_code == 404
    assert desk.post(reverse("past_freeze", args=[made.freeze_id])).status_code == 404


def test_a_day_to_come_is_refused_in_words(desk, council):
    day = {
        "day_day": "31",
        "day_month": "10",
        "day_year": "2030",
        "known_on_day": "",
        "known_on_month": "",
        "known_on_year": "",
    }

    shown = words(desk.post(reverse("past_days"), day))

    assert "must be today or in the past" in shown
    assert not Job.objects.exists()


def test_an_empty_page_says_what_it_is_for(desk, council):
    assert "A month that was sent is a good first one" in words(desk.get(reverse("past_days")))


def test_statements_do_not_grow_with_people(desk, made, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        desk.get(reverse("past_day", args=[made.pk]))


@pytest.mark.browser
@pytest.mark.django_db
def test_a_past_day_reads_downwards_on_a_phone(browse, council, made):
    """Neither the page nor a table in it is wider than a small telephone."""
    page = browse(make_user("tracking_officer", council))
    page.goto(reverse("past_day", args=[made.pk]))
    assert_accessible(page)

    page.set_viewport_size(PHONE)
    wider = page.evaluate(
        "[...document.querySelectorAll('.table-frame')].map(each => each.scrollWidth - each.clientWidth)"
    )
    assert wider == [0, 0]
