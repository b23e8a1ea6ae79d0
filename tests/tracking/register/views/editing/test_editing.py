"""Every page that changes a record: opens for its own, is not there for others, changes only what it asks."""

from datetime import date

import pytest
from django.urls import reverse

from schools.models import Membership
from tests.factories import make_authority, make_college, make_person, make_user, sign_in
from tracking.register.mending import PLACES, url_for
from tracking.register.models import Activity, ContactPoint, Note, YoungPerson

PAGES = {
    "record_activity": (),
    "confirm_activity": ("activity",),
    "correct_activity": ("activity",),
    "end_activity": ("activity",),
    "withdraw_confirmation": ("activity", "confirmation"),
    "change_details": (),
    "change_plans": (),
    "change_seeking": (),
    "change_cohort": (),
    "change_address": (),
    "add_contact": (),
    "end_contact": ("contact",),
    "stop_contact": ("contact",),
    "add_characteristic": (),
    "end_characteristic": ("needs",),
    "change_guarantee": (),
    "record_objection": (),
    "withdraw_objection": ("objection",),
    "answer_objection": (),
    "add_note": (),
    "add_task": (),
    "close_task": ("task",),
    "assign_responsibility": (),
    "end_responsibility": ("responsible",),
}


def at(name, person, whole):
    return reverse(name, args=[person.ref, *(whole[key] for key in PAGES[name])])


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_those_who_may(desk, person, whole, name):
    answer = desk.get(at(name, person, whole))

    assert answer.status_code == 200
    assert b"{{" not in answer.content
    assert person.full_name.encode() in answer.content


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_pages_of_another_council_are_not_there(client, person, whole, name, method):
    stranger = sign_in(client, make_user("tracking_officer", make_authority()))

    assert getattr(stranger, method)(at(name, person, whole)).status_code == 404


@pytest.mark.parametrize("name", [name for name, keys in PAGES.items() if keys])
def test_a_row_of_somebody_else_is_not_there_under_this_person(desk, authority, person, whole, name):
    other = make_person(authority)

    assert desk.get(at(name, other, whole)).status_code == 404


@pytest.mark.parametrize(
    "name", [name for name in PAGES if name not in {"record_activity", "confirm_activity"}]
)
def test_an_empty_answer_says_what_is_missing_or_changes_nothing(desk, person, whole, name):
    before = YoungPerson.objects.values().get(pk=person.pk)

    answer = desk.post(at(name, person, whole), {})

    assert answer.status_code in {200, 302}
    if answer.status_code == 200:
        assert b"There is a problem" in answer.content
    assert YoungPerson.objects.values().get(pk=person.pk) == before


# --- what a young person does -------------------------------------------------------------------------

ANSWERS = {
    "code": "230",
    "starts_on_day": "7", "starts_on_month": "sep", "starts_on_year": "2026",
    "predicted_end_on_day": "30", "predicted_end_on_month": "6", "predicted_end_on_year": "2028",
    "told_on_day": "18", "told_on_month": "11", "told_on_year": "2026",
    "source": "provider",
}  # fmt: skip


def test_record_an_activity_in_words(desk, person):
    url = reverse("record_activity", args=[person.ref])

    asked = desk.post(url, {"code": "230", "step": "choose", "seen": ""}).content.decode()
    checked = desk.post(url, {**ANSWERS, "step": "check"}).content.decode()
    assert not Activity.objects.exists()
    saved = desk.post(url, {**ANSWERS, "step": "save"}, follow=True)

    assert "Until when is it expected to last?" in asked
    assert "It counts until 31 August 2027" in checked
    assert saved.redirect_chain == [(reverse("person", args=[person.ref]), 302)]
    assert "It counts until 31 August 2027." in saved.content.decode()
    made = Activity.objects.get()
    assert (made.code, made.starts_on, made.ascertained_on) == ("230", date(2026, 9, 7), date(2026, 11, 18))


def test_only_what_the_answer_needs_is_asked(desk, person):
    url = reverse("record_activity", args=[person.ref])

    looking = desk.post(url, {"code": "619", "step": "choose"}).content.decode()

    assert "Until when" not in looking
    assert "Where?" not in looking
    assert "Since when?" in looking


def test_a_place_is_found_without_script(desk, person):
    url = reverse("record_activity", args=[person.ref])
    north, _south = make_college(name="Weir College North"), make_college(name="Weir College South")

    asked = desk.post(url, {**ANSWERS, "place": "weir college", "step": "check"}).content.decode()
    assert "Select the place, or that it is somewhere else" in asked
    chosen = {
        **ANSWERS,
        "place": "weir college",
        "place_asked": "weir college",
        "establishment": str(north.pk),
    }
    assert "Weir College North" in desk.post(url, {**chosen, "step": "check"}).content.decode()
    desk.post(url, {**chosen, "step": "save"})

    assert Activity.objects.get().establishment == north


def test_a_place_named_in_full_is_taken_and_one_unknown_is_kept_as_written(desk, person):
    url = reverse("record_activity", args=[person.ref])
    college = make_college(name="Weir College")

    desk.post(url, {**ANSWERS, "place": "Weir College", "step": "save"})
    assert Activity.objects.get().establishment == college

    seen = str(Activity.objects.get().pk)
    later = {**ANSWERS, "starts_on_month": "11", "place": "Joe’s Garage", "step": "save", "seen": seen}
    desk.post(url, later)
    assert Activity.objects.latest("starts_on").establishment_name == "Joe’s Garage"


def test_an_answer_pressed_twice_is_one_activity(desk, person):
    url = reverse("record_activity", args=[person.ref])

    first = desk.post(url, {**ANSWERS, "step": "save", "seen": ""})
    second = desk.post(url, {**ANSWERS, "step": "save", "seen": ""})

    assert (first.status_code, second.status_code) == (302, 302)
    assert Activity.objects.count() == 1


def test_a_colleagues_change_meanwhile_is_shown_beside_ones_own(desk, person, whole):
    url = reverse("record_activity", args=[person.ref])
    mine = {
        **ANSWERS,
        "code": "619",
        "starts_on_day": "9",
        "starts_on_month": "11",
        "step": "save",
        "seen": "",
    }

    conflict = desk.post(url, mine)

    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert "What stands now" in page
    assert f'name="seen" value="{whole["activity"]}"' in page
    assert desk.post(url, {**mine, "seen": str(whole["activity"])}).status_code == 302


def test_confirm_takes_two_presses(desk, person, whole):
    url = at("confirm_activity", person, whole)
    assert "Confirm" in desk.get(url).content.decode()

    told = {"source": "provider", "on_day": "20", "on_month": "11", "on_year": "2026"}
    answer = desk.post(url, told, follow=True)

    assert "It counts until 31 August 2027." in answer.content.decode()


def test_correct_shows_both_answers_after_a_lost_update(desk, person, whole):
    url = at("correct_activity", person, whole)
    right = {
        "code": "230", "place": "Ambleford College", "place_asked": "Ambleford College", "version": "1",
        "why": "Typed wrong",
        "starts_on_day": "1", "starts_on_month": "9", "starts_on_year": "2026",
        "predicted_end_on_day": "30", "predicted_end_on_month": "6", "predicted_end_on_year": "2027",
    }  # fmt: skip
    assert desk.post(url, right).status_code == 302

    conflict = desk.post(url, {**right, "predicted_end_on_year": "2029"})

    assert conflict.status_code == 409
    page = conflict.content.decode()
    assert "30 June 2027" in page
    assert "30 June 2029" in page
    assert 'name="version" value="2"' in page


def test_end_and_say_what_follows(desk, person, whole):
    url = at("end_activity", person, whole)
    ended = {
        "ends_on_day": "13",
        "ends_on_month": "11",
        "ends_on_year": "2026",
        "reason": "Moved away",
        "version": "1",
    }

    answer = desk.post(url, {**ended, "then": "known"})

    assert answer.url == reverse("record_activity", args=[person.ref])
    assert list(person.activities.order_by("starts_on").values_list("code", "ends_on")) == [
        ("230", date(2026, 11, 13)),
        ("810", None),
    ]


# --- who they are -------------------------------------------------------------------------------------


def details_of(person, **changed):
    first = {name: getattr(person, name) for name in ("given_name", "family_name", "gender", "upn", "uln")}
    born = {"date_of_birth_day": "3", "date_of_birth_month": "3", "date_of_birth_year": "2010"}
    return {**first, **born, "version": person.version, **changed}


def test_a_wrong_upn_is_warned_of_and_kept(desk, person):
    answer = desk.post(
        reverse("change_details", args=[person.ref]), details_of(person, upn="A123"), follow=True
    )

    person.refresh_from_db()
    assert person.upn == "A123"
    assert "Saved as it is." in answer.content.decode()


def test_extra_parameters_change_nothing_else(desk, person):
    extra = {
        field.attname: "1"
        for field in YoungPerson._meta.concrete_fields
        if field.name not in {"given_name", "family_name", "gender", "upn", "uln", "date_of_birth", "version"}
    }
    before = YoungPerson.objects.values().get(pk=person.pk)

    asked = details_of(person, known_as="Jo", middle_name="")
    desk.post(reverse("change_details", args=[person.ref]), {**extra, **asked})

    after = YoungPerson.objects.values().get(pk=person.pk)
    assert {name for name in after if after[name] != before[name]} <= {"known_as", "version", "ethnicity"}


def test_two_browsers_on_one_record_are_shown_both_answers(desk, person):
    url = reverse("change_details", args=[person.ref])
    desk.post(url, details_of(person, family_name="First"))

    conflict = desk.post(url, details_of(person, family_name="Second"))

    assert conflict.status_code == 409
    assert b"First" in conflict.content
    assert b"Second" in conflict.content


def test_adding_somebody_searches_first_and_shows_who_may_be_the_same(desk, person):
    url = reverse("add_person")
    new = {"given_name": person.given_name, "family_name": person.family_name, "gender": "F",
           "date_of_birth_day": "3", "date_of_birth_month": "3", "date_of_birth_year": "2010"}  # fmt: skip

    shown = desk.post(url, new).content.decode()
    assert str(person.ref) in shown
    assert YoungPerson.objects.count() == 1
    desk.post(url, {**new, "given_name": "Quill", "step": "save"})
    desk.post(url, {**new, "given_name": "Quill", "step": "save"})

    assert YoungPerson.objects.filter(given_name="Quill").count() == 1


def test_a_note_and_a_contact_pressed_twice_are_one(desk, person):
    for _ in range(2):
        desk.post(reverse("add_note", args=[person.ref]), {"text": "Rang, no answer."})
        desk.post(
            reverse("add_contact", args=[person.ref]),
            {"kind": "mobile", "value": "07700 900111", "whose": "young_person", "name": ""},
        )

    assert Note.objects.count() == 1
    assert ContactPoint.objects.count() == 1


# --- hidden records -----------------------------------------------------------------------------------


def test_an_emergency_opens_only_by_number_and_date_of_birth_together(desk, authority):
    hidden = make_person(
        authority,
        date_of_birth=date(2010, 3, 3),
        restricted_on=date(2026, 1, 1),
        restricted_reason="Court order",
    )
    url = reverse("open_in_emergency")
    born = {"date_of_birth_day": "3", "date_of_birth_month": "3", "date_of_birth_year": "2010"}
    born["why"] = "Police at the door"
    assert desk.get(reverse("person", args=[hidden.ref])).status_code == 404

    wrong = desk.post(url, {**born, "young_person_id": hidden.young_person_id, "date_of_birth_day": "4"})
    assert "No record has this number" in wrong.content.decode()
    right = desk.post(url, {**born, "young_person_id": hidden.young_person_id})

    assert right.url == reverse("person", args=[hidden.ref])
    assert desk.get(right.url).status_code == 200


def test_governance_restricts_names_and_lifts(client, authority, officer, person):
    governance = make_user("governance", authority)
    desk = sign_in(client, governance)
    desk.post(reverse("person", args=[person.ref]), {"why": "Court order came in"})
    desk.post(reverse("restrict_record", args=[person.ref]), {"why": "Court order"})
    person.refresh_from_db()
    assert person.restricted_on == date(2026, 11, 20)

    named = desk.post(
        reverse("name_user", args=[person.ref]), {"user": officer.pk, "why": "Case holder"}, follow=True
    )
    assert officer.name in named.content.decode()
    grant = person.access_grants.get(user=officer)
    desk.post(reverse("unname_user", args=[person.ref, grant.pk]), {"why": "Moved"})
    desk.post(reverse("restrict_record", args=[person.ref]), {"why": "Order ended"})

    person.refresh_from_db()
    grant.refresh_from_db()
    assert person.restricted_on is None
    assert grant.until == date(2026, 11, 19)


def test_officers_have_no_restriction_pages(desk, person):
    assert desk.get(reverse("restrict_record", args=[person.ref])).status_code == 404
    assert desk.get(reverse("name_user", args=[person.ref])).status_code == 404


def test_a_contractor_is_not_asked_where(client, person):
    worker = make_user("contractor", person.authority)
    Membership.objects.filter(user=worker).update(ends_on=date(2027, 1, 1))
    person.responsibilities.create(user=worker, kind="contract", starts_on=date(2026, 1, 1))
    desk = sign_in(client, worker)

    asked = desk.post(
        reverse("record_activity", args=[person.ref]), {"code": "230", "step": "choose"}
    ).content.decode()

    assert "Since when?" in asked
    assert "Where?" not in asked


@pytest.mark.parametrize("place", PLACES)
def test_every_place_to_mend_has_a_page(desk, person, whole, place):
    assert desk.get(url_for(place, person.ref, whole["activity"])).status_code == 200
