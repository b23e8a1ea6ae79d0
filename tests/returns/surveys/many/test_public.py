"""The page in class: for everybody the same, nothing is kept in the browser, a whole year group gets through."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from returns.surveys.many.queries.doors import address_of, digest_of, secret_of
from returns.surveys.models import SurveyAnswer, SurveyDoor
from tests.returns.surveys.many.classroom import (
    BORN,
    NOW,
    answer,
    answers,
    at,
    door_of,
    make_here,
    make_pupil,
    make_survey,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def door(monkeypatch) -> SurveyDoor:
    monkeypatch.setenv("DJANGO_NOW", NOW)
    cache.clear()
    authority, school = make_here()
    return door_of(make_survey(authority), school)


def words(response) -> str:
    return response.content.decode()


def untold(response) -> str:
    """The page without the token against forgery, which is never the same."""
    return re.sub(r"[\w-]{40,}", "-", words(response))


def own_link(client: Client) -> str:
    found = re.search(r"/survey/mine/([\w-]{20,})/", words(client.get(reverse("survey_thanks"))))
    assert found
    return found.group(1)


def test_the_link_leaves_the_address_at_once_and_rests_nowhere(door) -> None:
    first = Client().get(reverse("survey_door", args=[secret_of(door)]))

    assert (first.url, first["Referrer-Policy"]) == (reverse("survey"), "no-referrer")
    assert address_of(door).endswith(f"/survey/{secret_of(door)}/")
    assert (door.digest, len(secret_of(door))) == (digest_of(secret_of(door)), 22)  # 128 bits
    assert secret_of(door) not in str(door.__dict__)
    made = {secret_of(each) for each in door.survey.doors.all()}
    assert len(made) == door.survey.doors.count() == 2  # the school's and the council's own


def test_opening_records_nothing(door) -> None:
    client = at(door)
    events = AuditEvent.objects.count()

    for _ in range(3):
        assert client.get(reverse("survey")).status_code == 200

    assert (SurveyAnswer.objects.count(), AuditEvent.objects.count()) == (0, events)


def test_the_page_is_the_same_for_whoever_is_on_the_register_and_for_strangers(door) -> None:
    known = make_pupil(door.establishment, door.survey.authority, given_name="Ada", family_name="Ambler")
    pages = []
    for said in (answers(known), answers(given_name="Zed", family_name="Nobody")):
        client = at(door)
        response = client.post(reverse("survey"), said, follow=True)
        pages.append(untold(response))

    assert pages[0] == pages[1]
    assert not {"Ada", "Ambler", "Zed"} & set(re.findall(r"\w+", pages[0] + pages[1]))


def test_answers_are_kept_as_typed_with_the_version_of_the_words(door) -> None:
    client = at(door)
    client.post(reverse("survey_language"), {"language": "easy"})
    shown = words(client.get(reverse("survey")))

    client.post(reverse("survey"), answers(consent="on", telephone="07700 900001", email="j@example.org"))

    kept = SurveyAnswer.objects.get()
    assert "Do you want help?" in shown
    assert (kept.given_name, kept.date_of_birth, kept.tutor_group, kept.consent) == (
        "Juno",
        BORN,
        "11B",
        True,
    )
    assert kept.answers == {
        "destination": "121", "applied": "yes", "worried": "no", "help": "no", "telephone": "07700 900001",
        "email": "j@example.org",
    }  # fmt: skip
    assert (kept.language, kept.wording, kept.establishment) == (
        "easy",
        "2015-04-01 easy",
        door.establishment,
    )
    assert (kept.person, kept.found) == (None, "")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"given_name": " "}, "Enter your first name"),
        ({"born_on_month": "13"}, "there is no such day"),
        ({"born_on_month": ""}, "Enter the day, the month and the year"),
        ({"born_on_year": "1995"}, "Check the year of your birth"),
        ({"destination": "999"}, "Choose one answer"),
        ({"telephone": "ring me"}, "Enter a telephone number"),
        ({"email": "me at home"}, "Enter an e-mail address"),
        ({"tutor_group": "x" * 21}, "Say it in fewer words"),
    ],
)
def test_what_cannot_be_taken_is_said_in_plain_words(door, changed, said) -> None:
    response = at(door).post(reverse("survey"), answers(**changed))

    assert said in words(response)
    assert not SurveyAnswer.objects.exists()


def test_answering_twice_is_answering_once(door) -> None:
    client = answer(door)
    secret = own_link(client)
    answer(door, given_name="JUNO ", destination="211")

    before, now = SurveyAnswer.objects.order_by("pk")
    assert (before.replaced_by, before.digest, now.replaced_by) == (now, "", None)
    assert (
        client.get(reverse("survey_own", args=[secret])).status_code == 404
    )  # the later one has a link of its own


def test_one_comes_back_by_a_link_of_ones_own_to_change_and_to_take_back(door) -> None:
    secret = own_link(answer(door, consent="on"))
    kept = SurveyAnswer.objects.get()
    assert secret not in f"{kept.__dict__}"
    mine = Client()
    first = mine.get(reverse("survey_own", args=[secret]))
    assert (first.url, first["Referrer-Policy"]) == (reverse("survey_mine"), "no-referrer")

    mine.post(reverse("survey_mine"))
    kept.refresh_from_db()
    assert not kept.consent
    filled = mine.get(reverse("survey_change")).context["form"]
    assert (filled["given_name"].value(), filled["destination"].value()) == ("Juno", "121")
    mine.post(reverse("survey_change"), answers(school=str(door.establishment_id), destination="511"))

    kept.refresh_from_db()
    assert kept.replaced_by.answers["destination"] == "511"
    assert Client().get(reverse("survey_own", args=[secret])).status_code == 302  # the same link goes on


def test_the_next_one_at_the_same_computer_finds_an_empty_page(door) -> None:
    client = answer(door)
    own_link(client)

    client.post(reverse("survey_finish"))
    page = words(client.get(reverse("survey")))

    assert "Juno" not in page
    assert client.get(reverse("survey_thanks")).url == reverse("survey")
    assert client.get(reverse("survey_mine")).status_code == 404
    again = answer(door)
    again.get(reverse("survey_door", args=[secret_of(door)]))
    assert "survey_secret" not in again.session


def test_who_comes_by_the_councils_link_says_which_school_is_theirs(door) -> None:
    council = door_of(door.survey, None)
    other = answers(given_name="Kit")

    missing = at(council).post(reverse("survey"), other)
    answer(council, school=str(door.establishment_id))
    at(council).post(reverse("survey"), {**other, "school": "other"})

    assert "Choose your school" in words(missing)
    found = SurveyAnswer.objects.order_by("pk").values_list("given_name", "establishment")
    assert list(found) == [("Juno", door.establishment_id), ("Kit", None)]


def test_the_end_of_the_upn_is_asked_where_the_council_wants_it(door) -> None:
    assert "UPN" not in words(at(door).get(reverse("survey")))
    door.survey.asks_upn = True
    door.survey.save()

    wrong = at(door).post(reverse("survey"), answers(upn_end="12"))
    answer(door, upn_end="789a")

    assert "Enter 4 letters or numbers" in words(wrong)
    assert SurveyAnswer.objects.get().answers["upn_end"] == "789A"


@pytest.mark.parametrize("how", ["unknown", "closed", "not_open", "renewed"])
def test_a_link_that_opens_nothing_reads_like_one_that_never_was(door, how) -> None:
    never = Client().get(reverse("survey_door", args=["never-was"]))
    held = at(door)
    days = {
        "closed": {"opens_on": date(2027, 1, 4), "closes_on": date(2027, 3, 8)},
        "not_open": {"opens_on": date(2027, 3, 10)},
    }
    if how in days:
        type(door.survey).objects.filter(pk=door.survey_id).update(**days[how])
    if how == "renewed":
        SurveyDoor.objects.filter(pk=door.pk).update(ended_at=door.made_at)
    secret = secret_of(door) + ("x" if how == "unknown" else "")

    response = Client().get(reverse("survey_door", args=[secret]))

    assert (response.status_code, untold(response)) == (404, untold(never))
    assert "sessionid" not in response.cookies
    if how != "unknown":
        assert held.post(reverse("survey"), answers()).status_code == 404
        assert not SurveyAnswer.objects.exists()


def test_210_pupils_behind_one_address_answer_and_none_is_refused(door) -> None:
    """Each opens the link, looks at the page and sends it, from the same address and as fast as they can."""
    statuses = []
    client = Client(REMOTE_ADDR="192.0.2.7")
    for number in range(210):
        client.cookies.clear()  # a browser of their own
        opened = client.get(reverse("survey_door", args=[secret_of(door)]))
        sent = client.post(reverse("survey"), answers(family_name=f"Quill {number}"))
        statuses.append((opened.status_code, sent.status_code))

    assert set(statuses) == {(302, 302)}
    assert SurveyAnswer.objects.filter(replaced_by=None).count() == 210


def test_who_guesses_links_is_stopped_and_the_class_behind_the_same_address_is_not(door, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "survey_door_wrong": "5/10m/ip"}
    guesser = Client(REMOTE_ADDR="192.0.2.7")

    tried = [guesser.get(reverse("survey_door", args=[f"guess-{number}"])).status_code for number in range(8)]

    assert tried == [404] * 5 + [429] * 3
    assert (
        Client(REMOTE_ADDR="192.0.2.7").get(reverse("survey_door", args=[secret_of(door)])).status_code == 302
    )


def test_one_name_sent_over_and_over_is_stopped_and_so_is_a_flood_of_names(door, monkeypatch) -> None:
    client = at(door)
    again = [client.post(reverse("survey"), answers()).status_code for _ in range(11)]
    assert again == [302] * 10 + [429]

    monkeypatch.setattr("returns.surveys.many.actions.answering.MOST_LATELY", 12)
    flood = [client.post(reverse("survey"), answers(given_name=f"N{n}")).status_code for n in range(3)]
    assert flood == [302, 302, 429]
