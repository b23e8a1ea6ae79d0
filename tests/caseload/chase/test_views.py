"""The pages of calls: the list, the card and the next one up, providers, waiting, and sharing out."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.chase.models import Attempt, Hold
from neet.audit.models import AuditEvent
from tests.caseload.chase.conftest import TODAY
from tests.factories import (
    make_activity,
    make_collection,
    make_contact,
    make_expected,
    make_person,
    make_responsible,
    make_user,
)
from tracking.models import Activity, Confirmation, Responsibility

CALLED = {"channel": "telephone", "again": "", "words": ""}


def mine(town, *people, user=None):
    for each in people:
        make_responsible(each, user=user or town.officer, kind="tracking")


def answered(person, outcome, **more):
    who = f"number-{person.contact_points.get().pk}"
    return {**CALLED, "who": who, "outcome": outcome, **more}


@pytest.fixture
def two(town):
    ada = town.lost(given_name="Ada", family_name="Ambler")
    bram = town.lost(given_name="Bram", family_name="Brook", since=date(2026, 11, 2))
    mine(town, ada, bram)
    return ada, bram


def test_the_list_gives_reason_number_and_time_and_opens_the_first(town, two, signed_in):
    client = signed_in(town.officer)

    page = client.get(reverse("calls")).content.decode()
    for words in ("Ada Ambler", "Bram Brook", "Not known since 1 September 2026", two[0].contact_points.get().value,
                  "best "):  # fmt: skip
        assert words in page
    first = client.get(reverse("next_call"))

    assert first["Location"] in {reverse("call", args=[each.ref]) for each in two}
    card = client.get(first["Location"]).content.decode()
    assert 'href="tel:' in card
    assert "What to say" in card
    assert Hold.objects.get().user == town.officer


def test_an_outcome_is_one_button_and_the_next_one_comes_up(town, two, signed_in):
    ada, bram = two
    client = signed_in(town.officer)
    client.get(reverse("calls"))

    nothing = client.post(reverse("call", args=[ada.ref]), {**CALLED, "who": ""})
    after = client.post(
        reverse("call", args=[ada.ref]), answered(ada, "no_answer", words="Rings"), follow=True
    )
    done = client.post(reverse("call", args=[bram.ref]), answered(bram, "message_left"), follow=True)

    assert "Select whom you tried" in nothing.content.decode()
    assert "Bram Brook" in after.content.decode()
    assert "Ada Ambler: no answer." in after.content.decode()
    assert "Nobody else is to be called now." in done.content.decode()
    assert "Nobody is left to call today" in done.content.decode()
    assert list(Attempt.objects.order_by("pk").values_list("outcome", "asked")) == [
        ("no_answer", "young_person"), ("message_left", "young_person"),
    ]  # fmt: skip


def test_left_for_later_somebody_else_comes_up_and_the_line_is_free(town, two, signed_in):
    client = signed_in(town.officer)
    first = client.get(reverse("next_call"))["Location"]
    client.get(first)

    second = client.post(f"{first}later/", follow=True).redirect_chain[-1][0]
    none = client.post(f"{second}later/", follow=True).redirect_chain[-1][0]

    assert second not in {first, none}
    assert none == reverse("calls")
    assert client.get(reverse("next_call"))["Location"] == first


def test_the_first_page_begins_with_one_s_own_calls(town, two, signed_in):
    client = signed_in(town.officer)
    pool = town.lost()
    client.get(reverse("calls"), {"whose": "pool"})

    narrowed, own = client.get(reverse("next_call")), client.get(f"{reverse('next_call')}?mine")

    assert narrowed["Location"] == reverse("call", args=[pool.ref])
    assert own["Location"] in {reverse("call", args=[each.ref]) for each in two}


def test_what_was_learned_is_recorded_in_the_record_s_form_which_comes_back(town, signed_in):
    ada, bea = town.lost(), town.at_college(verified_on=date(2026, 5, 1))
    client = signed_in(town.officer)

    new = client.post(reverse("call", args=[ada.ref]), answered(ada, "learned"))
    assert new["Location"] == f"{reverse('record_activity', args=[ada.ref])}?from=calls"
    still = client.post(reverse("call", args=[bea.ref]), answered(bea, "learned still"))
    held = Activity.objects.get(person=bea)
    assert still["Location"] == f"{reverse('confirm_activity', args=[bea.ref, held.pk])}?from=calls"
    day = {"on_day": "23", "on_month": "11", "on_year": "2026", "source": "young_person"}
    back = client.post(still["Location"], day)
    assert back["Location"] == reverse("next_call")
    assert Confirmation.objects.filter(activity=held, verified_on=TODAY).exists()
    elsewhere = client.post(still["Location"].replace("calls", "https://elsewhere.example"), day)
    assert elsewhere["Location"] == reverse("person", args=[bea.ref])


def test_from_the_list_a_call_is_written_down_without_leaving_it(town, two, signed_in):
    ada = two[0]
    client = signed_in(town.officer)
    asked = {"headers": {"HX-Request": "true"}}

    opened = client.get(reverse("call", args=[ada.ref]), **asked).content.decode()
    done = client.post(reverse("call", args=[ada.ref]), answered(ada, "no_answer"), **asked).content.decode()
    learned = client.post(reverse("call", args=[two[1].ref]), answered(two[1], "learned"), **asked)

    assert opened.startswith("<tbody")
    assert "What came of it?" in opened
    assert "No answer" in done
    assert "24 November 2026 at 8:00am" in done
    assert learned["HX-Redirect"].startswith(reverse("record_activity", args=[two[1].ref]))


def test_a_colleague_on_the_telephone_is_named_to_nobody_but_said(town, two, signed_in):
    first = signed_in(town.officer)
    first.get(reverse("call", args=[two[0].ref]))

    page = signed_in(town.colleague).get(reverse("call", args=[two[0].ref])).content.decode()

    assert "A colleague is calling them now" in page
    assert Hold.objects.get().user == town.officer


def test_forty_of_one_place_are_confirmed_and_one_comes_back_to_it(town, signed_in):
    out = [town.apprentice(date(2025, 11, 5)) for _ in range(3)]
    ended = town.at_college()
    Activity.objects.filter(person=ended).update(predicted_end_on=date(2026, 11, 30))
    client = signed_in(town.officer)

    places = client.get(reverse("calls_by_provider"), {"days": "30"}).content.decode()
    here = f"?days=30&school={town.college.pk}"
    page = client.get(reverse("calls_by_provider") + here).content.decode()
    ticked = {"ticked": [each.ref for each in out], "back": here}
    day = {"on_day": "23", "on_month": "11", "on_year": "2026", "source": "provider"}
    ids = {"activity": list(Activity.objects.filter(person__in=out).values_list("pk", flat=True))}
    done = client.post(f"{reverse('confirm_ticked')}?from=provider", {**ticked, **day, **ids})

    assert "Ambleford College" in places
    assert page.count("Record something else") == 4
    assert page.count('type="checkbox"') == 3 + 1  # and the one that ticks all
    assert "expected to end 30 Nov 2026: ask what comes next" in page
    assert done["Location"] == reverse("calls_by_provider") + here
    assert Confirmation.objects.filter(verified_on=TODAY, source="provider").count() == 3


def test_who_waits_for_a_return_is_counted_by_place_and_called_by_nobody(town, signed_in):
    make_activity(make_person(town.authority), "230", date(2025, 9, 1), establishment=town.college)
    collection = make_collection(town.authority, due_on=date(2026, 12, 1), opens_on=date(2026, 11, 1))
    make_expected(town.college, collection)
    client = signed_in(town.officer)

    page = client.get(reverse("calls_waiting")).content.decode()

    assert "1 waits on 1 return" in page
    assert "Remind" in page
    assert "Nobody matches" in client.get(reverse("calls"), {"whose": "all"}).content.decode()


def test_a_supervisor_sees_what_sharing_out_would_do_and_does_it(town, signed_in):
    for _ in range(4):
        town.lost()
    client = signed_in(town.chief)
    asked = {"among": [town.officer.pk, town.colleague.pk], "which": "all", "kind": "", "district": ""}

    looked = client.post(reverse("calls_shared"), {**asked, "act": "look"}).content.decode()
    assert "4 young people would be shared out, 4 of them would change hands" in looked
    assert not Responsibility.objects.exists()
    done = client.post(reverse("calls_shared"), {**asked, "act": "share"}, follow=True).content.decode()
    assert "4 young people shared out among 2 officers." in done
    assert {Responsibility.objects.filter(user=each).count() for each in (town.officer, town.colleague)} == {
        2
    }
    assert signed_in(town.officer).get(reverse("calls_shared")).status_code == 404


def test_some_are_given_to_a_colleague(town, two, signed_in):
    client = signed_in(town.chief)
    listed = client.get(reverse("calls_to_move")).content.decode()
    assert "Tess Tracker" in listed
    nobody = client.post(reverse("give_calls"), follow=True).content.decode()
    assert "Select at least one young person" in nobody
    ticked = {"ticked": [two[0].ref]}
    asked = client.post(reverse("give_calls"), ticked).content.decode()
    assert "Ada Ambler, with Tess Tracker now" in asked
    done = client.post(
        reverse("give_calls"), {**ticked, "to": town.colleague.pk}, follow=True
    ).content.decode()
    assert "1 young person given to Cal Colleague." in done
    held = Responsibility.objects.get(person=two[0], ends_on=None)
    assert held.user == town.colleague
    assert AuditEvent.objects.filter(kind="chase.calls_given_to_a_colleague", subjects=[two[0].pk]).exists()


def test_who_was_not_spoken_to_in_time_is_listed_longest_first(town, two, signed_in):
    page = signed_in(town.officer).get(reverse("calls_late")).content.decode()

    assert "Ada Ambler" in page
    assert "Bram Brook" not in page
    assert "days late" in page


def test_each_page_costs_the_same_for_many(town, signed_in, assert_statements):
    people = [town.lost() for _ in range(12)]
    mine(town, *people)
    make_contact(people[0], whose="parent")
    client = signed_in(town.officer)
    for name, most in (("calls", 20), ("calls_late", 20), ("calls_by_provider", 12), ("calls_waiting", 14)):
        client.get(reverse(name))
        with assert_statements(most):
            assert client.get(reverse(name)).status_code == 200
    card = reverse("call", args=[people[0].ref])
    client.get(card)
    with assert_statements(25):
        assert client.get(card).status_code == 200
    chief = signed_in(make_user("tracking_officer", town.authority, supervises=True))
    for name in ("calls_shared", "calls_to_move"):
        chief.get(reverse(name))
        with assert_statements(22):
            assert chief.get(reverse(name)).status_code == 200
