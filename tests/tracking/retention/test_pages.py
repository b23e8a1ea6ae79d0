"""The pages of keeping and erasing: what they say, who may, how much they ask of the database."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from neet import clock
from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_authority, make_person, make_user, seed_reference
from tracking.register.models import AccessGrant
from tracking.retention.actions import holds, lists
from tracking.retention.kinds import Kind
from tracking.retention.models import Breach, ErasureRun, LegalHold

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    seed_reference()
    monkeypatch.setenv("DJANGO_NOW", ON.isoformat())


@pytest.fixture
def officer() -> Any:
    return make_user("governance", make_authority())


@pytest.fixture
def page(signed_in: Any, officer: Any) -> Client:
    return signed_in(officer)


def council(user: Any) -> Any:
    return user.memberships.get().authority


def gone(authority: Any, people: int) -> list[Any]:
    made = [make_person(authority, date_of_birth=date(2003, 5, 1)) for _ in range(people)]
    for person in made:
        make_activity(person, starts_on=date(2019, 9, 1), ends_on=date(2021, 6, 30))
    return made


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_an_empty_page_says_so(page: Client) -> None:
    words = said(page.get(reverse("retention")))

    assert "Nothing is over" in words
    assert "Nothing was erased yet" in words
    assert "No breach is recorded" in said(page.get(reverse("breaches")))
    assert "No hold yet" in said(page.get(reverse("legal_holds")))


def test_lists_cost_the_same_for_one_and_for_many(page: Client, officer: Any, assert_statements: Any) -> None:
    gone(council(officer), 30)
    run = lists.list_due(authority=council(officer), on=ON, by=officer)
    for number in range(12):
        Breach.objects.create(authority=council(officer), what=f"Breach {number}", known_at=clock.now())
    held = gone(council(officer), 12)
    LegalHold.objects.bulk_create(
        LegalHold(authority=council(officer), person=each, reason="A claim") for each in held
    )

    with assert_statements(22):
        assert "30 young people" in said(page.get(reverse("retention")))
    with assert_statements(18):
        assert "30 young people" in said(page.get(reverse("erasure_run", args=[run.pk])))
    for name in ("breaches", "legal_holds"):
        with assert_statements(14):
            assert page.get(reverse(name)).status_code == 200


def test_a_list_goes_from_one_to_the_other_by_numbers_alone(
    page: Client, officer: Any, signed_in: Any
) -> None:
    person = gone(council(officer), 1)[0]
    other = signed_in(make_user("governance", council(officer)))
    page.post(reverse("make_erasure_list"))
    run = ErasureRun.objects.get()
    at = [run.pk]

    shown = said(page.get(reverse("erasure_run", args=at)))
    assert person.young_person_id in shown
    assert person.family_name not in shown
    page.post(reverse("propose_erasure", args=at))
    assert "somebody else releases it" in said(page.get(reverse("erasure_run", args=at)))
    assert "not the number" in said(other.post(reverse("release_erasure", args=at), {"people": "2"}))
    answer = other.post(reverse("release_erasure", args=at), {"people": "1"}, follow=True)

    assert "Released. The records are being erased." in said(answer)
    file = b"".join(other.get(reverse("export_erasure_list", args=at)).streaming_content).decode()
    assert person.young_person_id in file
    assert person.family_name not in file
    assert AuditEvent.objects.filter(kind=Kind.LIST_EXPORTED, subjects=[person.pk]).exists()


def test_a_record_says_whether_it_is_held_and_is_proposed_from_there(page: Client, officer: Any) -> None:
    person = make_person(council(officer))
    AccessGrant.objects.create(person=person, user=officer, kind="reason", reason="Asked to be erased")

    assert "No legal hold stands" in said(page.get(reverse("person", args=[person.ref])))
    page.post(reverse("hold_person", args=[person.ref]), {"reason": "A court"})
    assert "A court" in said(page.get(reverse("person", args=[person.ref])))
    asked = {"cause": "right", "why": "In writing"}
    assert "on legal hold" in said(page.post(reverse("erase_person", args=[person.ref]), asked))
    holds.lift_hold(hold=LegalHold.objects.get(), why="Over", by=officer)

    assert page.post(reverse("erase_person", args=[person.ref]), asked).status_code == 302
    assert ErasureRun.objects.get(cause="right").state == "proposed"


def test_a_breach_from_the_first_word_to_its_closing(page: Client) -> None:
    typed = {
        "what": "A list on a train", "known_on_day": "21", "known_on_month": "11", "known_on_year": "2026",
        "known_time": "9:30", "people": "34",
    }  # fmt: skip
    page.post(reverse("record_breach"), typed)
    breach = Breach.objects.get()
    assert "of 72 hours left" in said(page.get(reverse("breaches")))
    at = [breach.pk]

    page.post(reverse("change_breach", args=at), {**typed, "measures": "Asked the railway"})
    page.post(reverse("decide_breach", args=at), {"tells_ico": "no", "why": "Found", "tells_people": "no"})
    page.post(reverse("close_breach", args=at))

    breach.refresh_from_db()
    assert breach.closed_at is not None
    assert "Closed" in said(page.get(reverse("breach", args=at)))


@pytest.mark.parametrize("name", ["retention", "legal_holds", "breaches", "record_breach", "hold_everything"])
def test_a_tracking_officer_finds_nothing_there(signed_in: Any, officer: Any, name: str) -> None:
    assert signed_in(make_user("tracking_officer", council(officer))).get(reverse(name)).status_code == 404
