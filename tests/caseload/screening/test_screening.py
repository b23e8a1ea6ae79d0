"""Screening: who is still to be asked, what is asked of whom, and which service is to lead."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.screening.actions import choose_lead, screen
from caseload.screening.models import Screening
from caseload.screening.queries import latest, proposal, to_screen
from caseload.screening.statements import Plan, Told
from neet.audit.models import AuditEvent
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
    seed_reference,
)
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def on_a_monday(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:00")
    seed_reference()


@pytest.fixture
def place():
    """A council with two services, and a caseworker of the first."""
    authority = make_authority()
    support, send = make_service(authority, name="NEET support"), make_service(authority, name="SEND team")
    worker = make_user("caseworker", authority, service=support)
    return authority, support, send, worker


def neet(authority, service, since=date(2026, 11, 9), **fields):
    person = make_person(authority, **fields)
    make_activity(person, SEEKING, since, verified_on=since)
    make_responsible(person, service=service)
    return person


def said(**more):
    return Told(**{"held_on": TODAY, "wants": "work", **more})


def test_a_talk_is_kept_once_with_what_they_want(place):
    authority, support, _, worker = place
    person = neet(authority, support)

    first = screen(person=person, told=said(wants_words="Something with cars"), by=worker)
    again = screen(person=person, told=said(wants_words="Something with cars"), by=worker)

    assert first == again
    assert Screening.objects.get().wants_words == "Something with cars"
    assert AuditEvent.objects.filter(kind="screening.screening_held", subjects=[person.pk]).count() == 2


def test_a_talk_without_an_outcome_is_refused(place):
    authority, support, _, worker = place

    with pytest.raises(NotRight, match="what the young person wants"):
        screen(person=neet(authority, support), told=said(wants=""), by=worker)

    assert not Screening.objects.exists()


def test_somebody_else_s_young_person_is_not_screened(place):
    authority, _, send, worker = place

    with pytest.raises(NotPermitted):
        screen(person=neet(authority, send), told=said(), by=worker)


def test_allocation_reads_the_latest_of_each_in_one_statement(place, assert_statements):
    authority, support, send, worker = place
    one, other, third = (neet(authority, support) for _ in range(3))
    screen(person=one, told=said(held_on=date(2026, 10, 1)), by=worker)
    plan = Plan(wants_education="yes", other_service=send, other_service_leads="yes")
    screen(person=one, told=said(wants="not_said", asks_for_support=True, plan=plan), by=worker)
    made = screen(person=other, told=said(wants="education"), by=worker)
    choose_lead(screening=made, service=send, why="", by=worker)

    with assert_statements(1):
        found = latest([one.pk, other.pk, third.pk])

    assert set(found) == {one.pk, other.pk}
    assert (found[one.pk].wants_education, found[one.pk].asks_for_support, found[one.pk].agreed) == (
        True, True, send.slug,
    )  # fmt: skip
    assert (found[other.pk].wants_education, found[other.pk].agreed) == (True, send.slug)


def test_somebody_who_could_not_say_yet_is_read_as_not_known(place):
    authority, support, _, worker = place
    person = neet(authority, support)
    screen(person=person, told=said(wants="not_said"), by=worker)

    assert latest([person.pk])[person.pk].wants_education is None


def test_another_service_than_proposed_needs_a_reason(place):
    authority, support, send, worker = place
    made = screen(
        person=neet(authority, support), told=said(), by=worker, proposed=support, rule="mainstream"
    )

    with pytest.raises(NotRight, match="why another service"):
        choose_lead(screening=made, service=send, why=" ", by=worker)
    chosen = choose_lead(screening=made, service=send, why="They know SEND already", by=worker)

    assert (chosen.proposed, chosen.chosen, chosen.why_other) == (support, send, "They know SEND already")


@pytest.mark.parametrize(
    ("answers", "service", "words"),
    [
        ({"wants": "work"}, "neet-support", "does not want education"),
        ({"wants": "not_now", "plan": Plan(wants_education="yes")}, "send", "wants to go on in education"),
        ({"wants": "not_said"}, "", "No rule names a service"),
    ],
)
def test_the_proposed_service_is_shown_with_its_rule_in_words(signed_in, answers, service, words):
    """After the answers of somebody with a plan: the service of the first rule that fits, or a person decides (R61)."""
    authority = make_authority()
    support = make_service(authority, slug="neet-support", name="NEET support")
    make_service(authority, slug="send", name="SEND team")
    worker = make_user("caseworker", authority, service=support)
    person = neet(authority, support)
    make_characteristic(person)

    told = said(**answers)
    found = proposal(person, told, TODAY)
    made = screen(person=person, told=told, by=worker, proposed=found.service, rule=found.rule)

    assert (found.service.slug if found.service else "") == service
    assert words in signed_in(worker).get(reverse("screening_lead", args=[made.pk])).content.decode()


def test_a_rule_about_what_somebody_does_not_read_is_not_spelt_out(signed_in):
    authority = make_authority()
    virtual = make_service(authority, slug="virtual-school", name="Virtual school")
    district = make_district(authority)
    person = neet(authority, virtual)
    make_characteristic(person, "110")
    make_residence(person, district=district)
    worker = make_user("caseworker", authority, service=virtual)
    lead = make_user("district_lead", authority, district=district)
    found = proposal(person, said(), TODAY)
    made = screen(person=person, told=said(), by=worker, proposed=found.service, rule=found.rule)
    url = reverse("screening_lead", args=[made.pk])

    assert "looked after by this council" in signed_in(worker).get(url).content.decode()
    hidden = signed_in(lead).get(url).content.decode()
    assert "looked after" not in hidden
    assert "not shown to you" in hidden


def test_a_service_of_another_council_never_leads(place):
    authority, support, _, worker = place
    made = screen(person=neet(authority, support), told=said(), by=worker)

    with pytest.raises(NotRight):
        choose_lead(screening=made, service=make_service(make_authority()), why="", by=worker)


def test_to_screen_holds_the_new_neet_of_the_month_who_were_not_asked(place):
    authority, support, send, worker = place
    new = neet(authority, support)
    old = neet(authority, support, since=date(2026, 9, 20))
    asked = neet(authority, support)
    screen(person=asked, told=said(), by=worker)
    neet(authority, send)
    at_college = make_person(authority)
    make_activity(at_college, verified_on=date(2026, 11, 2))
    make_responsible(at_college, service=support)

    assert set(to_screen(worker, TODAY, date(2026, 11, 1))) == {new}
    assert set(to_screen(worker, TODAY)) == {new, old}


def test_who_became_neet_again_is_asked_again(place):
    authority, support, _, worker = place
    person = neet(authority, support)
    Screening.objects.create(person=person, wants="work", held_on=date(2026, 5, 1))

    assert list(to_screen(worker, TODAY)) == [person]


def test_the_page_asks_about_a_plan_only_those_who_have_one(place, signed_in):
    authority, support, _, worker = place
    person, planned = neet(authority, support), neet(authority, support)
    make_characteristic(planned)
    client = signed_in(worker)

    plain = client.get(reverse("screen", args=[person.ref])).content.decode()
    with_plan = client.get(reverse("screen", args=[planned.ref])).content.decode()

    assert "What does the young person want to do?" in plain
    assert "About their EHC plan" not in plain
    for question in ("Is another service involved?", "want to lead?", "support do they have", "able to work?",
                     "last annual review say?", "go on in education?", "If not, what"):  # fmt: skip
        assert question in with_plan
        assert question not in plain


def test_screening_from_the_list_to_the_record(place, signed_in):
    authority, support, send, worker = place
    person = neet(authority, support, given_name="Juno", family_name="Brook")
    client = signed_in(worker)
    assert "Brook, Juno" in client.get(reverse("to_screen")).content.decode()

    day = {"held_on_day": "23", "held_on_month": "11", "held_on_year": "2026"}
    nothing = client.post(reverse("screen", args=[person.ref]), day)
    assert "Select what the young person wants to do" in nothing.content.decode()
    answer = client.post(reverse("screen", args=[person.ref]), {"wants": "education", **day}, follow=True)
    assert "Which service is to lead?" in answer.content.decode()
    made = Screening.objects.get()
    answer = client.post(
        reverse("screening_lead", args=[made.pk]), {"service": send.pk, "why": "Asked for them"}
    )

    assert answer.url == reverse("person", args=[person.ref])
    assert "To be in education" in client.get(answer.url).content.decode()
    assert "Screening" in client.get(reverse("person_history", args=[person.ref])).content.decode()
    assert "Brook, Juno" not in client.get(reverse("to_screen")).content.decode()


def test_who_does_not_work_on_cases_reads_no_screening(place, signed_in):
    authority, support, _, worker = place
    person = neet(authority, support)
    screen(person=person, told=said(wants_words="Said in private"), by=worker)
    officer = signed_in(make_user("mi_officer", authority))

    for page in ("person", "person_history"):
        assert "Said in private" not in officer.get(reverse(page, args=[person.ref])).content.decode()
    assert officer.get(reverse("to_screen")).status_code == 404


def test_the_list_costs_the_same_for_many(place, signed_in, assert_statements):
    authority, support, _, worker = place
    client = signed_in(worker)
    for _ in range(12):
        neet(authority, support)
    client.get(reverse("to_screen"))

    with assert_statements(12):
        client.get(reverse("to_screen"))
