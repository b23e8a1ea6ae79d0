"""Lists taken away: asked for with a reason, agreed to by somebody else, masked, written down, gone after a while."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from neet.audit.models import AuditEvent
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.factories import make_authority, make_objection, make_person, make_user, sign_in
from tracking.extracts.actions import forget_old
from tracking.extracts.given import given
from tracking.extracts.models import Extract
from tracking.models import ReferenceRow, YoungPerson
from tracking.rights.models import UseLimited

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)
SAID = {"why": "For the careers service", "given_to": "Careers service", "made_as": "xlsx"}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setenv("DJANGO_NOW", f"{TODAY} 10:00")


@pytest.fixture
def council() -> Any:
    council = make_authority()
    for number in range(4):
        make_person(council, family_name=f"Person{number}", upn=f"A80000000000{number}")
    YoungPerson.objects.filter(family_name="Person3").update(gender="M")
    return council


def cells(client: Client, extract: Extract) -> list[list[Any]]:
    answer = b"".join(client.get(reverse("extract_file", args=[extract.ref])))
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer)).active.iter_rows()]


def test_a_short_list_is_made_at_once_with_masks_and_everything_is_written_down(council):
    first, second = YoungPerson.objects.order_by("family_name")[:2]
    make_objection(first, made_by="young_person")
    UseLimited.objects.create(person=second, why="disputed", starts_on=TODAY)
    officer = make_user("mi_officer", council)
    client = sign_in(Client(), officer)

    client.post(reverse("ask_for_extract"), SAID)
    made = Extract.objects.get()
    run(job_id=Job.objects.get().pk)
    rows = cells(client, made)

    upn = rows[0].index("UPN")
    assert [row[0] for row in rows[1:]] == ["Person0", "Person2", "Person3"]
    assert rows[1][upn] is None
    assert rows[2][upn] == "A800000000002"
    events = AuditEvent.objects.filter(kind__startswith="extracts.").order_by("pk")
    assert [each.kind for each in events] == [
        "extracts.list_asked_for", "extracts.list_made", "extracts.list_downloaded",
    ]  # fmt: skip
    assert set(events[1].subjects) == set(
        YoungPerson.objects.exclude(pk=second.pk).values_list("pk", flat=True)
    )
    assert [each.name for each in given(first.pk)] == ["Careers service"]
    assert not list(given(second.pk))

    assert forget_old(day=TODAY + timedelta(days=14)) == {"extracts": 0}
    assert forget_old(day=TODAY + timedelta(days=15)) == {"extracts": 1}
    assert client.get(reverse("extract_file", args=[made.ref])).status_code == 404


def test_a_long_list_waits_for_somebody_else_and_is_made_for_whoever_asked(council, monkeypatch):
    monkeypatch.setattr("tracking.extracts.queries.needs_agreement", lambda number, on: number > 2)
    monkeypatch.setattr("tracking.extracts.actions.needs_agreement", lambda number, on: number > 2)
    officer, manager = (sign_in(Client(), make_user(role, council)) for role in ("mi_officer", "manager"))
    url = officer.post(reverse("ask_for_extract"), SAID)["Location"]
    made = Extract.objects.get()

    assert made.state == "asked"
    assert not Job.objects.exists()
    assert officer.post(url + "agree/").status_code == 404
    assert "Careers service" in manager.get(url).content.decode()
    manager.post(url + "agree/")
    run(job_id=Job.objects.get().pk)
    assert manager.get(reverse("extract_file", args=[made.ref])).status_code == 404
    assert len(cells(officer, made)) == 5

    url = officer.post(f"{reverse('ask_for_extract')}?cohort=all", SAID)["Location"]
    manager.post(url + "refuse/", {"why": "Nobody needs all of them"})
    page = officer.get(url).content.decode()
    assert "Nobody needs all of them" in page
    assert "Now or before" in page
    assert Job.objects.count() == 1


def test_who_may_not_take_lists_has_no_such_pages(council):
    for role in ("tracking_officer", "caseworker", "district_lead"):
        client = sign_in(Client(), make_user(role, council))
        assert {client.get(reverse(name)).status_code for name in ("ask_for_extract", "extracts")} == {404}
        assert "Take this list away" not in client.get(reverse("register")).content.decode()
    officer = sign_in(Client(), make_user("mi_officer", council))
    assert "Take this list away" in officer.get(reverse("register")).content.decode()
    assert officer.get(reverse("extracts")).status_code == 200


def test_pages_take_few_statements(council, django_assert_max_num_queries):
    officer = sign_in(Client(), make_user("mi_officer", council))
    officer.post(reverse("ask_for_extract"), SAID)
    for address in (reverse("extracts"), reverse("extract", args=[Extract.objects.get().ref])):
        with django_assert_max_num_queries(20):
            assert officer.get(address).status_code == 200


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("lists_an_hour", 2, "2 lists within the hour"),
        ("list_lines_a_day", 11, "may hold 11 young people in all"),
    ],
)
def test_more_than_the_hour_or_the_day_allows_is_refused_and_stands_in_the_trail(
    council, monkeypatch, limit, value, words
):
    rows = ReferenceRow.objects.filter(table="limits", key=limit)
    rows.update(values={**rows.get().values, "value": str(value)})
    officer = make_user("mi_officer", council)
    client = sign_in(Client(), officer)

    answers = [client.post(reverse("ask_for_extract"), SAID) for _ in range(3)]
    colleague = sign_in(Client(), make_user("mi_officer", council)).post(reverse("ask_for_extract"), SAID)
    monkeypatch.setenv("DJANGO_NOW", f"{TODAY + timedelta(days=1)} 10:01")
    later = sign_in(Client(), officer).post(reverse("ask_for_extract"), SAID)

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert words in answers[2].content.decode()
    assert (colleague.status_code, later.status_code) == (302, 302)
    assert Extract.objects.filter(asked_by=officer).count() == 3
    event = AuditEvent.objects.get(kind="access.refused")
    assert (event.user_id, words in event.why) == (officer.pk, True)
