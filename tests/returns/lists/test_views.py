"""The pages of lists from elsewhere."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from returns.intake.matching import Line as ReadLine
from returns.intake.matching import _by_headings
from returns.intake.models import Candidate, Intake
from returns.lists.models import Explanation
from tests.factories import make_activity, make_school, make_user, sign_in
from tests.returns.lists.conftest import WHO, row
from tracking.models import YoungPerson

People = dict[str, YoungPerson]


@pytest.fixture
def page(client: Client, officer: User) -> Client:
    return sign_in(client, officer)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_every_kind_of_list_with_its_last_match(page: Client, in_care: Intake) -> None:
    shown = text(page.get(reverse("lists")))

    assert "20 November 2026" in shown
    assert "Virtual school, whole list" in shown
    assert "School census" in shown
    assert "Taught at home" in shown


def test_a_list_is_brought_in(page: Client, people: People, django_capture_on_commit_callbacks) -> None:
    url = reverse("bring_list", args=["looked_after"])
    assert "Virtual school" in text(page.get(url))
    content = "\n".join([f"{WHO},Status", row(people["Ambler"], "LAC")]).encode()
    sent = {"sender": "Virtual school", "whole": "yes", "file": SimpleUploadedFile("list.csv", content)}
    day = {"as_at_day": "20", "as_at_month": "11", "as_at_year": "2026"}

    refused = text(page.post(url, {**day, "whole": "yes", "sender": ""}))
    assert "Select who keeps the list" in refused
    assert "Select a file" in refused
    answer = page.post(url, {**sent, **day})

    made = Intake.objects.get()
    assert answer["Location"] == reverse("intake", args=[made.ref])
    assert (made.sender, made.as_at, made.expected.is_complete) == (
        "Virtual school",
        date(2026, 11, 20),
        True,
    )
    assert made.channel == Intake.Channel.OFFICER
    assert page.get(reverse("bring_list", args=["enrolment"])).status_code == 404


def test_differences_are_settled_after_a_look(page: Client, in_care: Intake, people: People) -> None:
    url = reverse("list_compared", args=[in_care.ref, "not_listed"])
    shown = text(page.get(url))
    assert "Cole" in shown
    assert "Looked after (in care) since 1 January 2025" in shown
    settle = reverse("settle_list", args=[in_care.ref, "not_listed"])

    assert page.post(settle, {"act": "end"})["Location"] == url
    assert "Select at least one young person" in text(page.get(url))
    chosen = {"act": "explain", "ticked": [str(people["Cole"].ref), "nonsense"]}
    preview = text(page.post(settle, chosen))
    assert "For 1 young person the register stays as it is." in preview
    assert not Explanation.objects.exists()
    assert "Say why the register is right" in text(page.post(settle, {**chosen, "sure": "yes", "why": ""}))

    done = page.post(settle, {**chosen, "sure": "yes", "why": "Placed by Camden"}, follow=True)

    assert "Left as it is for 1 young person." in text(done)
    assert "Placed by Camden" in text(done)


def test_other_parts_show_rows_and_words(page: Client, in_care: Intake) -> None:
    new = text(page.get(reverse("list_compared", args=[in_care.ref, "new"])))
    assert "Eve Eves" in new
    differs = text(page.get(reverse("list_compared", args=[in_care.ref, "differs"])))
    assert "Nothing of it" in differs
    assert page.get(reverse("list_compared", args=[in_care.ref, "elsewhere"])).status_code == 404


def test_the_pages_of_a_list_stand_like_those_of_a_return(page: Client, in_care: Intake) -> None:
    for name in ("receipt", "returned_file", "return_rows"):
        assert page.get(reverse(name, args=[in_care.ref])).status_code == 200, name
    assert page.get(reverse("due_return", args=[in_care.expected.ref])).status_code == 200
    assert page.get(reverse("return_template", args=[in_care.expected.ref])).status_code == 200
    assert "Children in care" in text(page.get(reverse("lists_of_kind", args=["looked_after"])))


def test_a_list_is_seen_by_those_who_receive_returns_only(client: Client, in_care: Intake) -> None:
    for who in (
        make_user("manager", in_care.authority),
        make_user("school_user", in_care.authority, establishment=make_school()),
    ):
        sign_in(client, who)
        for name, args in (
            ("intake", [in_care.ref]),
            ("due_return", [in_care.expected.ref]),
            ("list_compared", [in_care.ref, "new"]),
        ):
            assert client.get(reverse(name, args=args)).status_code == 404, (who, name)


def test_statements_do_not_grow_with_the_list(
    page: Client, in_care: Intake, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(25):
        page.get(reverse("list_compared", args=[in_care.ref, "not_listed"]))
    with django_assert_max_num_queries(25):
        page.get(reverse("lists"))


def test_whoever_keeps_the_list_is_nobodys_school(page: Client, people: People, bring) -> None:
    ambler = people["Ambler"]
    make_activity(ambler, "230", establishment=make_school(name="Hill School"))
    named = f"{ambler.family_name},Someone,{ambler.date_of_birth:%d/%m/%Y},LAC"
    intake = bring("looked_after", "Last name,First name,Date of birth,Status", named, whole=False)
    Candidate.objects.all().delete()
    never_weighed = Candidate.objects.create(row=intake.rows.get(), person=ambler, sure=1, levels=[])
    intake.rows.update(found="doubtful", outcome="doubtful")

    shown = text(page.get(reverse("matches")))

    assert "Their record" in shown
    assert "Virtual school</td>" not in shown
    read = _by_headings(ReadLine(never_weighed.row_id, None, 1, {}), intake)
    assert read["establishment"] == ""
