"""The register of agreements: what is agreed, what runs out, what passes without an agreement."""

from datetime import date

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from returns.agreements.actions import Refused, add_agreement, end_agreement
from returns.agreements.kinds import Kind
from returns.agreements.queries import flows, running_out
from returns.agreements.rules import Terms, standing
from returns.exchange.models import Agreement
from tests.browser import assert_accessible
from tests.factories import make_authority, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
TYPED = {
    "title": "Returns of schools", "with_whom": "All schools", "direction": "in", "flows": ["enrolment", "offers"],
    "basis": "Education and Skills Act 2008, section 72", "purpose": "To find those who need help",
    "controller": "Ambleshire", "retention": "Until 25", "expires_on_day": "31", "expires_on_month": "12",
    "expires_on_year": "2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T09:00")


@pytest.fixture
def authority():
    return make_authority(name="Ambleshire")


@pytest.fixture
def officer(authority):
    return make_user("mi_officer", authority)


def terms(**changes):
    asked = {
        "title": "DfE", "with_whom": "Department for Education", "direction": "out", "flows": ("nccis",),
        "basis": "Education and Skills Act 2008", "purpose": "Statistics", "controller": "Ambleshire",
        "retention": "6 years",
    }  # fmt: skip
    return Terms(**{**asked, **changes})


@pytest.mark.parametrize(
    ("ended_on", "expires_on", "words"),
    [
        (None, None, "Running"),
        (None, date(2027, 1, 22), "Running"),
        (None, date(2027, 1, 21), "Runs out soon"),
        (None, TODAY, "Runs out soon"),
        (None, date(2026, 11, 21), "Ran out"),
        (TODAY, None, "Running"),
        (date(2026, 11, 21), date(2030, 1, 1), "Ended"),
    ],
)
def test_how_an_agreement_stands(ended_on, expires_on, words):
    assert standing(ended_on, expires_on, TODAY)[0] == words


def test_an_agreement_is_added_changed_and_ended_on_the_page(officer, authority, signed_in):
    client = signed_in(officer)

    client.post(reverse("new_agreement"), TYPED)
    found = Agreement.objects.get()
    page = client.get(reverse("agreements")).content.decode()
    assert "1 agreement runs out within 60 days" in page
    assert "Runs out soon" in page
    board = client.get(reverse("returns_board")).content.decode()
    assert "1 agreement runs out within 60 days" in board

    change = reverse("change_agreement", args=[found.pk])
    assert "All schools" in client.get(change).content.decode()
    client.post(change, {**TYPED, "with_whom": "Every school"})
    assert Agreement.objects.get().with_whom == "Every school"

    client.post(
        reverse("end_agreement", args=[found.pk]), {"on_day": "1", "on_month": "11", "on_year": "2026"}
    )
    assert Agreement.objects.get().ended_on == date(2026, 11, 1)
    assert "Ended" in client.get(reverse("agreements")).content.decode()
    kinds = list(
        AuditEvent.objects.filter(kind__startswith="agreements.")
        .order_by("pk")
        .values_list("kind", flat=True)
    )
    assert kinds == [Kind.ADDED, Kind.CHANGED, Kind.ENDED]


def test_flows_without_a_running_agreement_are_named(officer, authority):
    made = add_agreement(authority=authority, terms=terms(), by=officer)
    over = add_agreement(authority=authority, terms=terms(flows=("feedback",)), by=officer)
    end_agreement(agreement=over, on=date(2026, 11, 21), by=officer)

    found = {each.code: each for each in flows(list(Agreement.objects.all()), TODAY)}

    assert found["nccis"].agreements == (made,)
    assert found["nccis"].direction == "Goes from us"
    assert found["feedback"].agreements == ()
    assert found["enrolment"].direction == "Comes to us"
    assert running_out(authority.pk, TODAY) == 0


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"flows": ()}, "what passes"),
        ({"flows": ("gossip",)}, "no flow of data"),
        ({"signed_on": TODAY, "expires_on": date(2026, 11, 21)}, "until the day it is signed"),
    ],
)
def test_what_cannot_be_is_refused(officer, authority, changes, why):
    with pytest.raises(Refused, match=why):
        add_agreement(authority=authority, terms=terms(**changes), by=officer)


def test_nothing_ends_before_it_was_signed(officer, authority):
    made = add_agreement(authority=authority, terms=terms(signed_on=TODAY), by=officer)

    with pytest.raises(Refused, match="before it was signed"):
        end_agreement(agreement=made, on=date(2026, 11, 21), by=officer)


def test_information_governance_reads_and_prints_but_changes_nothing(officer, authority, signed_in):
    add_agreement(authority=authority, terms=terms(), by=officer)
    client = signed_in(make_user("governance", authority))

    page = client.get(reverse("agreements")).content.decode()
    assert "Department for Education" in page
    assert "Add an agreement" not in page
    assert client.get(reverse("new_agreement")).status_code == 404
    paper = client.get(reverse("record_of_flows"))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert AuditEvent.objects.filter(kind=Kind.PRINTED).count() == 1
    elsewhere = signed_in(make_user("mi_officer", make_authority()))
    assert elsewhere.get(reverse("change_agreement", args=[Agreement.objects.get().pk])).status_code == 404


@pytest.mark.browser
def test_the_page_passes_axe(browse, officer, authority):
    add_agreement(authority=authority, terms=terms(expires_on=date(2026, 12, 1)), by=officer)
    page = browse(officer)
    for name in ("agreements", "new_agreement"):
        page.goto(reverse(name))
        assert_accessible(page)
