"""The pages: the list with its acts, entering one and many, and what other pages say of it."""

import pytest
from django.urls import reverse

from caseload.prevention.models import AtRisk
from tests.caseload.prevention.conftest import YEAR_10
from tests.factories import make_objection

pytestmark = pytest.mark.django_db


def read(client, name, *args, **asked):
    return client.get(reverse(name, args=args), asked).content.decode()


def test_the_list_says_why_and_hides_what_is_not_read(council, signed_in):
    entry = council.at_risk("in_care", "excluded", words="Often late")
    page = read(signed_in(council.lead), "at_risk")

    assert "Is looked after; was suspended or excluded" in page
    assert "Often late" in page
    assert "Not recorded" in page  # the offer of a place
    assert "by <strong>31 August 2027</strong>" in page
    chief = read(signed_in(council.chief), "at_risk")
    assert "is looked after" not in chief.lower()
    assert "a reason not shown to you" in chief
    assert "Is looked after" not in read(signed_in(council.chief), "change_at_risk", entry.pk)
    assert entry.person.family_name not in read(signed_in(council.sender), "at_risk")


def test_changing_keeps_the_reason_one_is_not_told(council, signed_in):
    entry = council.at_risk("in_care", "excluded")
    url = reverse("change_at_risk", args=[entry.pk])

    signed_in(council.chief).post(url, {"reasons": ["free_meals"], "words": "Comes again"})

    entry.refresh_from_db()
    assert entry.reasons == ["free_meals", "in_care"]
    assert signed_in(council.sender).get(url).status_code == 404


def test_somebody_is_entered_from_their_record(council, signed_in):
    person, client = council.pupil(), signed_in(council.lead)
    assert "Put on the at-risk list" in read(client, "person", person.ref)

    refused = client.post(reverse("enter_at_risk", args=[person.ref]), {"said_by": "school"})
    assert "Select at least one reason" in refused.content.decode()
    told = {
        "said_by": "school",
        "establishment": council.school.pk,
        "reasons": ["attendance_85"],
        "words": "Tired",
    }
    client.post(reverse("enter_at_risk", args=[person.ref]), told)

    entry = AtRisk.objects.get()
    assert (entry.said_by, entry.establishment, entry.reasons) == (
        "school",
        council.school,
        ["attendance_85"],
    )
    record = read(client, "person", person.ref)
    assert "Attends less than 85% of the time" in record
    assert "Put on the at-risk list" in read(client, "person_history", person.ref)
    again = client.post(reverse("enter_at_risk", args=[person.ref]), told | {"reasons": ["excluded"]})
    assert "on the at-risk list already" in again.content.decode()


def test_many_are_entered_by_their_numbers_once_they_were_looked_at(council, signed_in):
    pupils = [council.pupil(family_name=f"Manyfold{number}") for number in range(3)]
    hidden = council.pupil(upn="B801200005001")
    make_objection(hidden, made_by="young_person", made_on="2027-04-01")
    pupils[0].upn = "A801200005009"
    pupils[0].save()
    client, url = signed_in(council.lead), reverse("enter_at_risk_by_number")
    numbers = [pupils[0].upn, *(each.young_person_id for each in pupils[1:])]
    asked = {
        "said_by": "school",
        "reasons": ["excluded"],
        "numbers": "\n".join([f"{numbers[0]}, Ada", *numbers[1:], ""]),
    }

    wrong = client.post(url, asked | {"numbers": "X123\nB801200005001"}).content.decode()
    assert "Nobody you work with has the number X123, B801200005001" in wrong
    shown = client.post(url, asked).content.decode()
    assert all(each.full_name in shown for each in pupils)
    assert not AtRisk.objects.exists()
    client.post(url, asked | {"sure": "yes"})

    assert {each.person for each in AtRisk.objects.all()} == set(pupils)
    assert {tuple(each.reasons) for each in AtRisk.objects.all()} == {("excluded",)}


def test_the_ticked_are_asked_about_and_then_handed_over(council, signed_in):
    entries = [council.at_risk() for _ in range(2)]
    ticked = {"ticked": [each.pk for each in entries], "act": "hand_over"}
    client, url = signed_in(council.lead), reverse("at_risk_several")

    assert "Tick at least one young person" in client.post(url, {"act": "end"}, follow=True).content.decode()
    asked = client.post(url, ticked).content.decode()
    assert all(each.person.full_name in asked for each in entries)
    done = client.post(
        url, ticked | {"asked": "yes", "service": council.support.pk}, follow=True
    ).content.decode()

    assert "2 young people handed over" in done
    assert "Nobody you work with is on the at-risk list" in done
    assert "Handed over to a service" in read(client, "at_risk", state="ended")
    client.post(url, {"ticked": [council.at_risk().pk], "act": "end", "asked": "yes", "ended": "moved"})
    assert AtRisk.objects.filter(ended="moved").count() == 1


def test_no_offer_is_a_list_of_its_own(council, signed_in):
    council.at_risk(person=council.pupil(family_name="Withoutone"))
    council.at_risk(person=council.pupil(family_name="Hasone", offer="110"))
    council.at_risk(person=council.pupil(YEAR_10, family_name="Younger"))

    page = read(signed_in(council.lead), "at_risk_without_offer")

    assert "Withoutone" in page
    assert "Hasone" not in page
    assert "Younger" not in page


def test_the_first_page_counts_them_and_says_nothing_where_there_is_nobody(council, signed_in):
    client = signed_in(council.lead)
    assert "At risk of becoming NEET" not in read(client, "home_beside")

    council.at_risk()

    page = read(client, "home_beside")
    assert "At risk of becoming NEET" in page
    assert "without a worker" in page


def test_the_list_costs_the_same_for_many(council, signed_in, assert_statements):
    for _ in range(12):
        council.at_risk()
    client = signed_in(council.lead)
    client.get(reverse("at_risk"))

    with assert_statements(19):
        client.get(reverse("at_risk"))
