"""A young person answers by a link: nothing is shown before their birthday, opening records nothing, guessing ends, and
what they say is a statement to confirm."""

from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from returns.surveys.actions import Ask, answer, make_links, new_secret
from returns.surveys.models import AnswerLink
from returns.surveys.queries import MOST_WRONG_TRIES, digest_of
from returns.surveys.statements import Said
from tests.factories import (
    CANNOT_BE_FOUND,
    COLLEGE,
    SEEKING,
    make_activity,
    make_authority,
    make_college,
    make_person,
    seed_reference,
)
from tracking.register.models import Activity, Claim, Task, YoungPerson

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
PLACE = "Ambleford College"


@pytest.fixture
def person(monkeypatch, settings):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T10:00")
    settings.ANSWER_TAKERS = []
    seed_reference()
    cache.clear()
    authority = make_authority(name="Amble Council", contact_telephone="01632 960001")
    born = date(2009, 5, 14)
    person = make_person(authority, given_name="Juno", family_name="Quillfeather", date_of_birth=born)
    make_activity(person, COLLEGE, date(2025, 9, 1), establishment=make_college(name=PLACE))
    return person


def link_for(person: YoungPerson, purpose: str = "what_now") -> tuple[AnswerLink, str]:
    ask = Ask(person.authority_id, purpose, "what_now_text")
    (made,) = make_links(ask=ask, people=[person.pk], on=TODAY)
    return made, new_secret(link_id=made.pk)


def opened(secret: str) -> Client:
    client = Client()
    client.get(reverse("answer_link", args=[secret]))
    return client


def known(secret: str) -> Client:
    """Whoever opened the link and gave the right birthday."""
    client = opened(secret)
    client.post(reverse("answer"), {"day": "14", "month": "5"})
    return client


def words(response) -> str:
    return response.content.decode()


def test_nothing_about_them_is_shown_before_their_birthday(person):
    _link, secret = link_for(person)
    client = Client()

    first = client.get(reverse("answer_link", args=[secret]))
    assert (first.url, first["Referrer-Policy"]) == (reverse("answer"), "no-referrer")
    page = words(client.get(reverse("answer")))
    wrong = words(client.post(reverse("answer"), {"day": "15", "month": "5"}))

    for shown in (page, wrong):
        assert "When is your birthday?" in shown
        assert not {"Juno", "Quillfeather", PLACE, "2009"} & set(shown.replace(",", " ").split())
        assert PLACE not in shown
    assert (
        client.get(reverse("answer_doing")).url == client.get(reverse("answer_call")).url == reverse("answer")
    )
    assert "Are you still at Ambleford College?" in words(
        client.post(reverse("answer"), {"day": "14", "month": "5"}, follow=True)
    )


def test_opening_a_link_many_times_records_nothing(person):
    link, secret = link_for(person)
    events = AuditEvent.objects.count()

    for _ in range(3):
        opened(secret).get(reverse("answer"))

    link.refresh_from_db()
    assert (link.answered_at, link.wrong_tries) == (None, 0)
    assert AuditEvent.objects.count() == events


def test_who_guesses_the_birthday_ends_the_link(person):
    _link, secret = link_for(person)
    client = opened(secret)

    for _ in range(MOST_WRONG_TRIES):
        last = client.post(reverse("answer"), {"day": "1", "month": "1"})

    assert last.status_code == 404
    assert client.post(reverse("answer"), {"day": "14", "month": "5"}).status_code == 404
    assert Client().get(reverse("answer_link", args=[secret])).status_code == 404
    assert AuditEvent.objects.filter(kind="surveys.birthday_not_right").count() == MOST_WRONG_TRIES


def test_a_year_group_behind_one_address_answers_while_a_guesser_there_is_refused(person, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "answer_wrong": "2/10m/ip"}
    links = [link_for(make_person(person.authority, date_of_birth=date(2009, 3, 4))) for _ in range(3)]

    tries = [
        opened(secret).post(reverse("answer"), {"day": "1", "month": "1"}).status_code for _, secret in links
    ]

    assert tries == [200, 200, 429]
    assert known(link_for(person)[1]).get(reverse("answer")).status_code == 200


@pytest.mark.parametrize("gone", ["unknown", "run_out", "withdrawn", "restricted"])
def test_a_link_that_is_good_no_more_reads_like_one_that_never_was(person, gone):
    link, secret = link_for(person)
    never = Client().get(reverse("answer_link", args=["never-was"]))
    changes = {"run_out": {"expires_on": date(2026, 11, 22)}, "withdrawn": {"withdrawn_at": link.made_at}}
    AnswerLink.objects.update(**changes.get(gone, {}))
    if gone == "restricted":
        YoungPerson.objects.update(restricted_on=TODAY, restricted_reason="Must not be found")

    response = Client().get(reverse("answer_link", args=[secret + ("x" if gone == "unknown" else "")]))

    assert (response.status_code, response.content) == (404, never.content)
    assert "sessionid" not in response.cookies


def test_secrets_rest_nowhere_and_the_one_before_is_dead(person):
    link, before = link_for(person)
    now = new_secret(link_id=link.pk)

    link.refresh_from_db()
    assert link.digest == digest_of(now)
    assert now not in str(link.__dict__)
    assert Client().get(reverse("answer_link", args=[before])).status_code == 404
    assert len({new_secret(link_id=link.pk) for _ in range(200)}) == 200
    assert len(now) >= 22  # 128 bits


def test_still_there_becomes_a_statement_and_changes_no_record(person):
    link, secret = link_for(person)
    client = known(secret)

    done = client.post(reverse("answer"), {"answer": "still_there"}, follow=True)

    assert "We have your answer" in words(done)
    claim = Claim.objects.get()
    assert (claim.code, claim.place, claim.said_by, claim.channel) == (
        COLLEGE,
        PLACE,
        "young_person",
        "by_link",
    )
    assert (claim.state, claim.said_on, claim.person) == ("open", TODAY, person)
    assert Activity.objects.get().confirmations.count() == 0
    link.refresh_from_db()
    assert (link.answer, link.claim, link.wording) == ("still_there", claim, "what_now_text")
    assert AuditEvent.objects.filter(kind="surveys.answered_by_link", subjects=[person.pk]).count() == 1


def test_they_may_say_otherwise_until_somebody_decided(person):
    _link, secret = link_for(person)
    client = known(secret)

    for place in ("Mill Garage", "Mill Garage", "Dunmore Garage"):  # the second a button pressed twice
        client.post(reverse("answer"), {"answer": "something_else"})
        client.post(reverse("answer_doing"), {"doing": "apprenticeship", "place": place})

    said = list(Claim.objects.order_by("pk").values_list("code", "place", "state"))
    assert said == [("310", "Mill Garage", "set_aside"), ("310", "Dunmore Garage", "open")]
    assert "You have answered already" in words(client.get(reverse("answer")))
    Claim.objects.filter(state="open").update(state="taken")
    client.post(reverse("answer"), {"answer": "nothing"})
    assert list(Claim.objects.filter(state="open").values_list("code", flat=True)) == [SEEKING]


def test_asking_for_a_call_is_a_task_for_the_next_working_day(person):
    _, secret = link_for(person, "offer")
    client = known(secret)
    assert "How can we help?" in words(client.get(reverse("answer")))

    for _ in range(2):
        client.post(reverse("answer_call"), {"when": "evening"})

    task = Task.objects.get()
    assert (task.kind, task.words, task.due_on) == (
        "call_back", "They ask to be called, after five", date(2026, 11, 24),
    )  # fmt: skip
    assert not Claim.objects.exists()


def test_who_holds_the_wrong_telephone_says_so_without_a_birthday(person):
    link, secret = link_for(person)

    done = opened(secret).post(reverse("answer_no_more"), {"answer": "not_me"}, follow=True)

    assert "We will write no more" in words(done)
    link.refresh_from_db()
    assert link.answer == "not_me"
    assert Task.objects.get().kind == "wrong_number"


def test_without_a_birthday_on_record_nothing_known_is_asked_about(person):
    YoungPerson.objects.update(date_of_birth=None)
    _, secret = link_for(person)

    page = words(opened(secret).get(reverse("answer")))

    assert "What are you doing now?" in page
    assert PLACE not in page


@pytest.mark.parametrize(
    ("since", "reason", "asked"),
    [(CANNOT_BE_FOUND, "", True), (SEEKING, "", False), (CANNOT_BE_FOUND, "left", False)],
)
def test_a_place_is_asked_about_while_nothing_else_is_known(person, since, reason, asked):
    Activity.objects.update(ends_on=date(2026, 10, 1), leaving_reason=reason)
    make_activity(person, since, date(2026, 10, 2))

    page = words(known(link_for(person)[1]).get(reverse("answer")))

    assert ("Are you still at" in page) is asked


def test_whoever_wants_to_know_is_told_in_the_same_transaction(person, settings):
    settings.ANSWER_TAKERS = [f"{__name__}.refuses"]
    _link, _ = link_for(person)

    with pytest.raises(RuntimeError):
        answer(link=AnswerLink.objects.get(), said=Said("still_there"))

    assert not Claim.objects.exists()
    assert AnswerLink.objects.get().answer == ""


def refuses(*, link):
    raise RuntimeError
