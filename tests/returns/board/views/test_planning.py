"""Planning what is asked for, checking before anybody hears of it, letters, and what is brought in."""

from datetime import date

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.messages.models import Message
from returns.board.letters import letters_of
from returns.calendar.kinds import Kind
from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.year import own_file_name
from returns.intake.papers import file_name_of
from schools.models import Contact
from tests.browser import assert_accessible
from tests.factories import make_authority, make_college, make_school, make_user
from tests.returns.calendar.factories import expect, make_collection
from tracking.reference.models import ReferenceRow

pytestmark = pytest.mark.django_db

LETTERS = (("make_letters", [2026]), ("letters", []), ("letters_file", [2026]))
TYPED = {
    "type": "enrolment", "title": "Post-16 enrolment, autumn 2026",
    "as_at_day": "1", "as_at_month": "10", "as_at_year": "2026",
    "opens_on_day": "14", "opens_on_month": "9", "opens_on_year": "2026",
    "due_on_day": "29", "due_on_month": "nov", "due_on_year": "2026",
    "remind_days": "-10, -3, 1",
}  # fmt: skip


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T09:00")


@pytest.fixture
def authority():
    return make_authority(name="Ambleshire")


@pytest.fixture
def officer(authority):
    return make_user("tracking_officer", authority)


@pytest.fixture
def client(officer, signed_in):
    return signed_in(officer)


def test_planned_checked_and_only_then_asked(client, authority):
    school = make_school(la_code=authority.code, name="Reachable School")
    make_user("school_user", authority, establishment=school)
    make_school(la_code=authority.code, name="Unreachable School")

    made = client.post(reverse("plan_collection"), TYPED)
    collection = Collection.objects.get()
    assert made.url == reverse("ask_for", args=[collection.pk])
    assert collection.remind_days == [-10, -3, 1]

    check = client.post(made.url, {"kinds": ["school"]}).content.decode()
    assert "2 schools and colleges are asked now, with 1 e-mail" in check
    assert "Unreachable School" in check
    assert "not a working day. The last one before it is Friday 27 November 2026" in check
    assert not ExpectedReturn.objects.exists()

    client.post(made.url, {"kinds": ["school"], "act": "ask"})
    assert (ExpectedReturn.objects.count(), Message.objects.count()) == (2, 1)
    again = client.post(made.url, {"kinds": ["school"]}).content.decode()
    assert "All of these were asked before" in again


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"due_on_month": "8"}, "The day it is due must be on or after the day it opens"),
        ({"opens_on_month": "12"}, "The day it is due must be on or after the day it opens"),
        ({"as_at_month": "12"}, "The day it describes must be on or before the day it is due"),
        ({"remind_days": "soon"}, "Enter whole numbers"),
        ({"remind_days": "-400"}, "at most 90 days"),
        ({"title": ""}, "Enter the title"),
        ({"type": "census"}, "Select"),
    ],
)
def test_what_is_wrong_with_a_plan_is_said(client, changed, said):
    page = client.post(reverse("plan_collection"), {**TYPED, **changed}).content.decode()

    assert said in page
    assert not Collection.objects.exists()


def test_a_plan_may_have_no_reminders(client):
    client.post(reverse("plan_collection"), {**TYPED, "remind_days": ""})

    assert Collection.objects.get().remind_days == []


def test_change_close_and_open_again(client, authority):
    collection = make_collection(authority)
    address = reverse("change_collection", args=[collection.pk])
    client.post(address, {**TYPED, "title": "Another name"})
    collection.refresh_from_db()
    assert collection.title == "Another name"
    assert "asked already" in client.post(address, {**TYPED, "as_at_day": "2"}).content.decode()

    for closed in (date(2026, 11, 22), None):
        client.post(reverse("close_collection", args=[collection.pk]))
        collection.refresh_from_db()
        assert collection.closed_on == closed


def test_another_councils_collection_is_not_there(client):
    other = make_collection()
    for name in ("collection", "change_collection", "ask_for"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404
    assert client.post(reverse("close_collection", args=[other.pk])).status_code == 404


def test_a_return_is_brought_in_for_whoever_is_asked(client, authority):
    expected = expect(make_collection(authority))

    typed = {"establishment": expected.establishment.pk, "type": "enrolment"}
    assert client.post(reverse("bring_return"), typed).url == reverse("due_return", args=[expected.ref])


def test_a_return_is_brought_in_for_a_college_elsewhere_by_its_number(client, authority):
    college = make_college(la_code="998", number="9988001")

    answer = client.post(reverse("bring_return"), {"number": "9988001", "type": "enrolment"})

    made = ExpectedReturn.objects.get()
    assert (made.establishment, made.collection.authority) == (college, authority)
    assert answer.url == reverse("due_return", args=[made.ref])
    page = client.post(reverse("bring_return"), {"number": "1", "type": "enrolment"}).content.decode()
    assert "There is no school or college with this DfE number" in page
    page = client.post(reverse("bring_return"), {"type": "enrolment"}).content.decode()
    assert "Select whose return it is" in page


def test_letters_are_merged_from_the_calendar(authority, assert_statements):
    school = make_school(la_code=authority.code, name="Ambleford School", number="9994011")
    college = make_college(name="Brook College", short_code="BRK")
    autumn = make_collection(authority, title="Autumn", due_on=date(2026, 11, 27))
    spring = make_collection(authority, title="Spring", due_on=date(2027, 3, 28), as_at=date(2027, 2, 1))
    for place in (school, college):
        expect(autumn, place)
    expect(spring, school)
    expect(make_collection(authority, academic_year=2025), school)
    expect(make_collection(), school)
    Contact.objects.create(authority=authority, establishment=school, purpose="head", name="H Head")

    with assert_statements(4):
        first, second = letters_of(authority, 2026)

    assert (first.establishment, first.head, [each.title for each in first.returns]) == (
        school, "H Head", ["Autumn", "Spring"],
    )  # fmt: skip
    assert first.returns[1].advised_on == date(2027, 3, 25)
    assert "4011" in first.returns[0].file_name
    assert (second.establishment, second.head) == (college, "")
    assert second.returns[0].file_name.startswith("BRK")


def test_the_letters_are_made_beside_the_page_and_the_trail_says_so(client, authority):
    expected = expect(make_collection(authority))
    expect(make_collection(authority), sender="Virtual school", establishment=None)
    made, page, file = (reverse(name, args=args) for name, args in LETTERS)
    assert client.get(file).url == page

    client.post(made)
    client.post(made)
    job = Job.objects.get(kind="returns.letters_to_heads_made")
    assert "Making the letters" in client.get(page).content.decode()
    run(job_id=job.pk)

    assert "Letters as they were on" in client.get(page).content.decode()
    assert b"".join(client.get(file).streaming_content).startswith(b"%PDF")
    assert AuditEvent.objects.get(kind=Kind.LETTERS_MADE).counts == {"letters": 1, "year": 2026}

    one = client.post(made, {"only": expected.establishment_id})
    assert one.content.startswith(b"%PDF")
    assert client.post(reverse("make_letters", args=[2027]), {"only": expected.establishment_id}).url == page


def test_letters_of_a_year_without_returns_fail_in_words(client, authority):
    client.post(reverse("make_letters", args=[2027]))
    job = Job.objects.get(kind="returns.letters_to_heads_made")
    run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (
        "failed",
        "Nothing is asked of anybody in that year, so there is no letter.",
    )


def test_files_are_called_what_the_council_s_calendar_says(authority):
    school = make_school(la_code=authority.code, number=f"{authority.code}4011")
    monthly = {
        "type": "joiners_leavers",
        "pattern": "joiners_leavers_schools:10",
        "due_on": date(2026, 11, 27),
    }
    expected = expect(make_collection(authority, **monthly), school)

    assert file_name_of(expected, "{la}-{number}-{month}-{year}") == f"{authority.code}-4011-Nov-2026-27"
    assert file_name_of(expected).endswith("Oct")
    assert own_file_name(expected.collection, date(2026, 11, 22)) == ""
    row = ReferenceRow.objects.get(table="return_calendar", key="joiners_leavers_schools")
    ReferenceRow.objects.filter(pk=row.pk).update(values={**row.values, "file_name": "Leavers {month}"})
    assert letters_of(authority, 2026)[0].returns[0].file_name == "Leavers Nov"


@pytest.mark.browser
def test_the_pages_pass_axe(browse, officer, authority):
    expected = expect(make_collection(authority))
    page = browse(officer)
    pk = expected.collection_id
    for name, args in (
        ("collections", []), ("plan_collection", []), ("collection", [pk]), ("ask_for", [pk]), ("bring_return", []),
        ("letters", []),
    ):  # fmt: skip
        page.goto(reverse(name, args=args))
        assert_accessible(page)
