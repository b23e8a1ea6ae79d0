"""What the register answers is what one counts by hand among a few young people."""

from datetime import date, datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from caseload.chase.models import Attempt
from caseload.prevention.models import AtRisk, RiskFact
from caseload.transitions.models import StartCheck
from neet.audit.models import AuditEvent
from neet.clock import LONDON
from tests.caseload.assessment.conftest import TODAY
from tests.factories import (
    make_activity,
    make_authority,
    make_characteristic,
    make_person,
    make_residence,
    make_responsible,
    sign_in,
)
from tracking.figures.actions import Month, freeze
from tracking.published.models import PublishedFigure, PublishedFile
from tracking.register.models import Offer

pytestmark = pytest.mark.django_db
YEAR_11, YEAR_12, YEAR_13 = date(2011, 3, 3), date(2010, 3, 3), date(2009, 3, 3)
COLLEGE, APPRENTICE, NEET, RE_ENGAGED = "230", "310", "619", "530"


def asked(name, council):
    return import_string(settings.SELF_ASSESSMENT[name])(council.authority, TODAY)


def doing(council, code, *, born=YEAR_12, since=date(2026, 9, 7), **named):
    person = make_person(council.authority, date_of_birth=born, **named)
    own = {"neet_since_on": since} if code == NEET else {}
    make_activity(person, code, since, verified_on=date(2026, 11, 16), **own)
    return person


def test_year_11_is_counted_by_plans_applications_and_needs(council):
    one, two, three = (
        make_person(council.authority, date_of_birth=YEAR_11, intended_destination=aim)
        for aim in ("110", "", "")
    )
    make_person(make_authority(name="Elsewhere"), date_of_birth=YEAR_11)
    Offer.objects.create(person=two, place="Ambleford College", stage="applied", said_on=TODAY)
    make_characteristic(one)
    make_characteristic(three, "110")

    assert asked("intended_destinations", council).value == 33.3
    assert asked("applications", council).words.startswith("1 of 3")
    needs = asked("summer_needs", council)
    assert needs.value == 50.0
    assert needs.parts["With SEND recorded"] == 1
    assert asked("places_named", council).value == 0.0


def test_the_neet_are_counted_by_needs_leads_and_first_contact(council):
    soon, late, never = (doing(council, NEET, since=date(2026, 9, day)) for day in (7, 8, 9))
    learning = doing(council, COLLEGE)
    apprentice = doing(council, APPRENTICE)
    re_engaged = doing(council, RE_ENGAGED)
    for person, day in ((soon, 9), (late, 28)):
        Attempt.objects.create(
            person=person, channel="telephone", asked="young_person", outcome="spoke", reached=True, learned=True,
            tried_at=datetime(2026, 9 if person is soon else 11, day if person is soon else 10, 10, tzinfo=LONDON),
        )  # fmt: skip
    make_characteristic(soon, "110")
    make_characteristic(learning, "120")
    make_characteristic(late, "160")
    make_responsible(soon, service=council.support)
    type(soon).objects.filter(pk=soon.pk).update(level_of_need="1")

    first = asked("first_contact", council)
    assert (first.parts["Became NEET"], first.parts["Spoken to"]) == (3, 2)
    assert first.value == 33.3
    assert asked("needs_assessed", council).words.startswith("1 of 3")
    assert asked("learning_needs", council).words.startswith("1 of 3")
    assert asked("lead_professional", council).parts == {"Counted": 1, "Of": 2}
    assert asked("young_parents", council).value == 100.0
    assert asked("work_based", council).words.startswith("1 of ")
    assert asked("re_engaged", council).words.startswith("1 of 4")
    assert {never.pk, apprentice.pk, re_engaged.pk}


def test_those_with_a_plan_who_left_are_counted_by_where_they_are(council):
    for code in (COLLEGE, APPRENTICE, NEET):
        make_characteristic(doing(council, code))
    make_characteristic(doing(council, COLLEGE, born=YEAR_13))

    found = asked("plan_leavers", council)
    assert found.value == 66.7
    assert (found.parts["Education"], found.parts["Employment"], found.parts["NEET"]) == (1, 1, 1)


def test_ends_starts_and_the_at_risk_list(council):
    ending = doing(council, COLLEGE)
    ending.activities.update(predicted_end_on=date(2026, 12, 18))
    returned = make_person(council.authority, date_of_birth=YEAR_12)
    make_activity(returned, NEET, date(2026, 9, 7), ends_on=date(2026, 11, 8))
    make_activity(returned, COLLEGE, date(2026, 11, 9), verified_on=date(2026, 11, 16))
    AtRisk.objects.create(person=ending, said_by="school", starts_on=date(2026, 10, 1))
    RiskFact.objects.create(person=ending, factor="attendance_85")
    for person, answer in ((ending, "started"), (returned, "not_started")):
        StartCheck.objects.create(
            person=person, year=2026, why="at_risk", answer=answer, checked_on=date(2026, 10, 5)
        )

    assert asked("ending_soon", council).value == 1
    assert asked("starts_in_year", council).value == 1
    assert asked("at_risk", council).value == 1
    assert asked("absence_used", council).value == 1
    assert asked("continuity", council).value == 50.0


def test_frozen_months_answer_who_is_neet_and_where_from(council):
    joins = make_person(council.authority, date_of_birth=YEAR_12)
    make_activity(joins, COLLEGE, date(2026, 9, 1), ends_on=date(2026, 10, 4), verified_on=date(2026, 9, 10))
    make_activity(
        joins, NEET, date(2026, 10, 5), verified_on=date(2026, 10, 5), neet_since_on=date(2026, 10, 5)
    )
    make_characteristic(joins)
    make_residence(joins, district=council.district)
    doing(council, COLLEGE, since=date(2026, 9, 1))
    for day in (date(2026, 9, 30), date(2026, 10, 31)):
        freeze(month=Month(council.authority.pk, day), by=None)

    made_up = asked("make_up", council)
    assert made_up.value == 50.0
    assert (made_up.parts["NEET"], made_up.parts["EHC plan"]) == (1, 1)
    assert asked("not_known", council).value == 0.0
    assert "Ambleford" in asked("hotspots", council).words
    origins = asked("origins", council)
    assert origins.value == 100.0
    assert origins.parts == {"From education, employment or training": 1}


def test_the_comparison_with_others_counts_from_when_it_was_last_opened(council, client):
    assert asked("benchmarks", council).value is None
    sign_in(client, council.manager)
    of_nothing = client.get(reverse("figures_against"))
    assert b"Nothing published" in of_nothing.content
    assert asked("benchmarks", council).value is None
    file = PublishedFile.objects.create(name="a.csv", years="2025", figures=1)
    PublishedFigure.objects.create(year=2025, measure="neet", code="886", name="Here", value=3.0, file=file)
    assert b"within a year" in client.get(reverse("figures_against")).content
    assert b"Last looked at" in client.get(reverse("figures_against")).content
    assert AuditEvent.objects.filter(kind="published.comparison_opened").count() == 1
    assert list(asked("benchmarks", council).parts) == ["Last opened"]
    assert client.get(reverse("figures_against_file")).status_code == 200
    found = asked("benchmarks", council)
    assert (found.value, found.unit) == (0, "days")
    assert list(found.parts) == ["Last opened", "Last taken away"]
