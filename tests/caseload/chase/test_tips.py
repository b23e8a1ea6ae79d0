"""Hubs look through names and say whom they know; they are told names and statuses and nothing else (R71)."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.chase.actions.tips import say_known
from caseload.chase.queries.tips import GUARANTEE, NOT_KNOWN, SURVEY, list_of_month, names_for
from caseload.chase.told import Known
from neet.audit.models import AuditEvent
from tests.caseload.chase.conftest import TODAY
from tests.factories import make_authority, make_district, make_note, make_person, make_service, make_user
from tracking.models import Activity, Claim, Guarantee, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

AT_COLLEGE = Known("230", "Ambleford College", date(2026, 11, 20))


def test_what_a_hub_says_waits_and_changes_nothing(town):
    ada = town.lost(given_name="Ada")

    first = say_known(person=ada, known=AT_COLLEGE, by=town.worker)
    again = say_known(person=ada, known=AT_COLLEGE, by=town.worker)

    assert (first, Claim.objects.get()) == (again, first)
    assert (first.code, first.place, first.state, first.said_by) == (
        "230", "Ambleford College", "open", "Hal Hub",
    )  # fmt: skip
    assert list(Activity.objects.filter(person=ada).values_list("code", flat=True)) == ["810"]
    assert (
        AuditEvent.objects.filter(kind="chase.young_person_said_to_be_known", subjects=[ada.pk]).count() == 2
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Known("810", "", TODAY), "Select what they do"),
        (Known("230", "", date(2026, 11, 24)), "today or in the past"),
        (Known("", " ", TODAY), "where they can be found"),
    ],
)
def test_what_does_not_fit_is_refused(town, wrong, words):
    with pytest.raises(NotRight, match=words):
        say_known(person=town.lost(), known=wrong, by=town.worker)


def test_only_hubs_say_so_and_only_of_those_they_are_told_of(town):
    ada = town.lost()
    YoungPerson.objects.filter(pk=ada.pk).update(restricted_on=TODAY, restricted_reason="Refuge")
    elsewhere = make_authority()
    stranger = make_user("hub_worker", elsewhere, service=make_service(elsewhere))

    for person, user in ((ada, town.worker), (town.lost(), town.officer), (town.lost(), stranger)):
        with pytest.raises(NotPermitted):
            say_known(person=person, known=AT_COLLEGE, by=user)


def test_november_has_the_survey_s_list_and_july_the_guarantee_s(town):
    lost = town.lost(date_of_birth=date(2009, 5, 1))  # Year 13
    owed = make_person(town.authority, date_of_birth=date(2010, 5, 1))  # Year 12
    offered = make_person(town.authority, date_of_birth=date(2011, 5, 1))  # Year 11
    Guarantee.objects.create(person=offered, year_group=11, status="110")
    town.at_college(date_of_birth=date(2009, 5, 2))

    def names(kind):
        return set(names_for(town.worker, kind, TODAY))

    assert names(SURVEY) == {lost, owed}
    assert names(GUARANTEE) == {owed}
    assert names(NOT_KNOWN) == {lost, owed, offered}
    assert [list_of_month(date(2026, month, 5)) for month in (7, 10, 11)] == [GUARANTEE, NOT_KNOWN, SURVEY]


def test_a_hub_of_one_district_is_told_of_those_who_live_there(town):
    town.lost(given_name="Ada")
    there = make_user("hub_worker", town.authority, service=town.hub, district=make_district(town.authority))
    here = make_user("hub_worker", town.authority, service=town.hub, district=town.district)

    assert not names_for(there, NOT_KNOWN, TODAY).exists()
    assert names_for(here, NOT_KNOWN, TODAY).count() == 1


def test_a_hub_reads_names_and_statuses_and_says_so_without_scripts(town, signed_in):
    ada = town.lost(given_name="Ada", family_name="Ambler", date_of_birth=date(2009, 3, 4))
    make_note(ada, "A private matter")
    client = signed_in(town.worker)

    page = client.get(reverse("names_to_know")).content.decode()
    card = client.get(reverse("say_known", args=[ada.ref])).content.decode()
    when = {"on_day": "20", "on_month": "11", "on_year": "2026"}
    nothing = client.post(reverse("say_known", args=[ada.ref]), when)
    said = client.post(
        reverse("say_known", args=[ada.ref]), {"code": "230", "place": "Ambleford College", **when}
    )

    for shown in (page, card):
        assert "Ada Ambler" in shown
        assert "Year 13" in shown
        assert "Not known" in shown
        for private in ("2009", "Mill Lane", "07700", "private matter", "Ambleford"):
            assert private not in shown
    assert "where they can be found" in nothing.content.decode()
    assert said.status_code == 302
    assert "you said something on 20 Nov 2026" in client.get(reverse("names_to_know")).content.decode()
    assert client.get(reverse("person", args=[ada.ref])).status_code == 404


def test_the_list_of_names_costs_the_same_for_many(town, signed_in, assert_statements):
    for _ in range(15):
        town.lost()
    client = signed_in(town.worker)
    client.get(reverse("names_to_know"))

    with assert_statements(10):
        assert client.get(reverse("names_to_know")).content.count(b"I know them") == 15
