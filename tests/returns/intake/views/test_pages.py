"""The pages of a return as a school's secretary meets them."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.models import Job
from neet.messages.models import Message
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.taking_back import reject
from returns.intake.models import Intake
from schools.models import Authority, Membership
from tests.factories import make_activity, make_expected, make_person, make_school, make_user, sign_in
from tests.returns.intake.views.conftest import ADA, BEN, HEADINGS, Enrol, do_work, send
from tracking.models import Activity

pytestmark = pytest.mark.django_db
WATCHING = {"HTTP_HX_REQUEST": "true"}


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def test_the_first_page_names_the_school_and_what_is_due(desk: Client, expected: ExpectedReturn) -> None:
    shown = words(desk.get("/"))

    assert expected.establishment.name in shown
    assert expected.collection.title in shown
    assert "Friday 25 September 2026, due in 4 days" in shown
    assert "Not started" in shown
    assert "Register" not in shown


def test_nothing_to_return_is_one_click_and_a_yes(desk: Client, expected: ExpectedReturn) -> None:
    assert "Nothing to return?" in words(desk.get(f"/returns/{expected.ref}/nothing/"))

    shown = words(desk.post(f"/returns/{expected.ref}/nothing/", follow=True))

    expected.refresh_from_db()
    assert expected.nil_at
    assert "we will not remind you" in shown
    assert "Nothing is due" in words(desk.get("/"))


def test_a_file_is_checked_and_says_what_is_fine_and_what_needs_somebody(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    enrolled(given_name="Cleo", family_name="Absent")
    wrong = BEN.replace("02/03/2009", "31/02/2009")

    intake = send(desk, expected, HEADINGS, ADA, wrong)
    shown = words(desk.get(f"/return/{intake.ref}/"))

    assert intake.state == Intake.State.CHECKED
    assert "1 row fine, 1 needs you" in shown
    assert "Row 3: Ben Mole" in shown
    assert "1 pupil who is not on it" in shown


def test_headings_nothing_is_taken_from_are_named(desk: Client, expected: ExpectedReturn) -> None:
    intake = send(desk, expected, f"{HEADINGS},Reg,Locker", f"{ADA},12A,7", f"{BEN},12B,9")
    answer = desk.get(f"/return/{intake.ref}/")

    assert "Not used: Reg, Locker. See which column is which" in words(answer)
    assert answer.content.decode().count(f"/return/{intake.ref}/columns/") == 1


def test_the_wrong_file_is_asked_about_first_and_not_sent_without_a_reason(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    for number in range(10):
        enrolled(family_name="Finch", given_name=f"{'ABCDEFGHIJ'[number]}a")
    intake = send(desk, expected, HEADINGS, ADA, BEN.replace("02/03/2009", "31/02/2009"))
    shown = words(desk.get(f"/return/{intake.ref}/"))

    question = "None of the 10 pupils we expect is on this file."
    assert shown.index("Is this the right file?") < shown.index(question) < shown.index("To change")
    refused = words(desk.post(f"/return/{intake.ref}/send/", follow=True))
    assert "Send the right file instead, or say why this one is right." in refused
    assert not Job.objects.filter(kind="intake.applied").exists()

    asked = {"kind": "wrong_file", "about": "", "explained": "All of them are new"}
    desk.post(f"/return/{intake.ref}/rows/0/explain/", asked)
    assert "Is this the right file?" not in words(desk.get(f"/return/{intake.ref}/"))


def test_a_cell_is_put_right_and_saves_itself(desk: Client, expected: ExpectedReturn) -> None:
    intake = send(desk, expected, HEADINGS, ADA, BEN.replace("02/03/2009", "31/02/2009"))
    problem = intake.problems.get(severity="error")

    asked = {
        "about": "date_of_birth",
        "column": "date_of_birth",
        "value": "2 March 2009",
        "kind": problem.kind,
    }
    answer = desk.post(f"/return/{intake.ref}/rows/3/fix/", asked, **WATCHING)

    assert "Saved" in words(answer)
    assert "2 fine" in words(answer)
    assert not intake.problems.filter(severity="error").exists()


def test_nothing_to_return_can_be_taken_back(desk: Client, expected: ExpectedReturn) -> None:
    desk.post(f"/returns/{expected.ref}/nothing/")
    assert "was answered" in words(desk.post(f"/returns/{expected.ref}/nothing/", follow=True))

    desk.post(f"/returns/{expected.ref}/something/")

    expected.refresh_from_db()
    assert expected.nil_at is None


def test_each_return_says_whose_it_is_where_somebody_works_for_several(
    desk: Client, secretary: User, authority: Authority, expected: ExpectedReturn
) -> None:
    other = make_school(name="Far School", la_code=authority.code)
    Membership.objects.create(
        user=secretary,
        role="school_user",
        authority=authority,
        establishment=other,
        starts_on=date(2026, 1, 1),
    )
    make_expected(other, expected.collection)

    shown = words(desk.get("/returns/"))

    assert expected.establishment.name in shown or "Far School" in shown


def test_the_file_to_fill_in_holds_the_school_s_own_pupils_and_its_reading_is_written_down(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol, authority: Authority
) -> None:
    ada = enrolled(given_name="Ada", family_name="Lark")
    make_activity(make_person(authority, family_name="Elsewhere"), "210", date(2025, 9, 1))

    answer = desk.get(f"/returns/{expected.ref}/template/")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value}
    assert {"Lark", "Ada"} <= cells
    assert "Elsewhere" not in cells
    assert AuditEvent.objects.get(kind="intake.file_handed_out").subjects == [ada.pk]


def test_the_same_file_twice_changes_nothing(desk: Client, expected: ExpectedReturn) -> None:
    first = send(desk, expected, HEADINGS, ADA)

    file = SimpleUploadedFile("again.csv", "\n".join([HEADINGS, ADA]).encode())
    answer = desk.post(f"/returns/{expected.ref}/file/", {"file": file}, follow=True)

    assert "Nothing was changed" in words(answer)
    assert Intake.objects.get() == first
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (None, "Select a file"),
        (SimpleUploadedFile("empty.csv", b""), "The selected file is empty"),
    ],
)
def test_what_is_wrong_with_a_file_at_once_is_said_on_its_form(
    desk: Client, expected: ExpectedReturn, file: Any, says: str
) -> None:
    answer = desk.post(f"/returns/{expected.ref}/file/", {"file": file} if file else {})

    assert says in words(answer)
    assert not Intake.objects.exists()


def test_a_row_is_left_out_and_taken_in_again(desk: Client, expected: ExpectedReturn) -> None:
    intake = send(desk, expected, HEADINGS, ADA, BEN)

    assert "Left out" in words(desk.post(f"/return/{intake.ref}/rows/3/leave-out/", **WATCHING))
    assert intake.rows.get(number=3).left_out
    desk.post(f"/return/{intake.ref}/rows/3/leave-out/", {"take_in": "on"})

    assert not intake.rows.get(number=3).left_out


def test_a_question_is_explained_for_one_row_and_for_all(desk: Client, expected: ExpectedReturn) -> None:
    odd = [line.replace("ZZ9 9ZZ", "near the sea") for line in (ADA, BEN)]
    intake = send(desk, expected, HEADINGS, *odd)
    kinds = intake.problems.filter(severity="query", column="postcode").values_list("kind", flat=True)
    [kind] = set(kinds)
    asked = {"kind": kind, "about": "postcode", "explained": "No fixed address"}

    assert "Explained" in words(desk.post(f"/return/{intake.ref}/rows/2/explain/", asked, **WATCHING))
    listed = words(desk.get(f"/return/{intake.ref}/problems/{kind}/postcode/"))
    desk.post(f"/return/{intake.ref}/problems/{kind}/postcode/explain/", {"explained": "By the sea"})

    assert "Row 3: Ben Mole" in listed
    assert "Row 2:" not in listed
    assert not intake.problems.filter(severity="query", explained="").exists()


def test_a_whole_row_is_changed_on_its_own_page(desk: Client, expected: ExpectedReturn) -> None:
    intake = send(desk, expected, HEADINGS, ADA)
    url = f"/return/{intake.ref}/rows/2/"
    asked = {bound.html_name: bound.value() or "" for bound in desk.get(url).context["form"]}

    desk.post(url, {**asked, "given_name": "Adah", "course": "Botany"})

    row = intake.rows.get()
    assert row.fixed == {"given_name": "Adah", "course": "Botany"}
    assert row.sent["given_name"] == "Ada"


def test_who_only_prepares_returns_sees_who_can_send_and_cannot(
    desk: Client, expected: ExpectedReturn, secretary: User, authority: Authority
) -> None:
    intake = send(desk, expected, HEADINGS, ADA)
    drafter = make_user("school_user", authority, establishment=expected.establishment, can_submit=False)
    browser = sign_in(Client(), drafter)

    assert f"Ready for {secretary.name} to send" in words(browser.get(f"/return/{intake.ref}/send/"))
    assert browser.post(f"/return/{intake.ref}/send/").status_code == 404


def sent(desk: Client, expected: ExpectedReturn, *lines: str) -> Intake:
    """A file sent, checked and confirmed."""
    intake = send(desk, expected, HEADINGS, *lines)
    desk.post(f"/return/{intake.ref}/send/")
    do_work()
    intake.refresh_from_db()
    return intake


def test_a_receipt_says_what_was_sent_and_stays_at_its_address(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    enrolled(given_name="Ada", family_name="Lark")
    intake = sent(desk, expected, ADA, BEN)

    shown = words(desk.get(f"/return/{intake.ref}/", follow=True))
    paper = b"".join(desk.get(f"/return/{intake.ref}/receipt.pdf").streaming_content)

    message = Message.objects.get(template="return_receipt")
    assert "Return received" in shown
    assert message.facts["reference"] in shown
    assert "Continuing 1" in shown
    assert paper.startswith(b"%PDF")


def test_what_changed_on_the_register_meanwhile_stops_the_sending_once(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    ada = enrolled(given_name="Ada", family_name="Lark")
    intake = send(desk, expected, HEADINGS, ADA)
    Activity.objects.filter(person=ada).update(ends_on=date(2026, 9, 10))
    desk.post(f"/return/{intake.ref}/send/")
    do_work()

    shown = words(desk.get(f"/return/{intake.ref}/send/"))
    desk.post(f"/return/{intake.ref}/send/")
    do_work()

    intake.refresh_from_db()
    assert "1 young person changed since you looked" in shown
    assert intake.state == Intake.State.CONFIRMED


def test_a_return_the_council_sent_back_says_why(
    desk: Client, expected: ExpectedReturn, authority: Authority
) -> None:
    intake = sent(desk, expected, ADA)
    reject(intake=intake, why="These are old.", by=make_user("mi_officer", authority))

    shown = words(desk.get(f"/return/{intake.ref}/receipt/"))

    assert "The council sent it back: These are old." in shown
    assert "Sent back" in words(desk.get("/"))


def test_the_council_sees_the_same_page_at_its_desk(
    desk: Client, expected: ExpectedReturn, authority: Authority
) -> None:
    intake = send(desk, expected, HEADINGS, ADA, BEN.replace("02/03/2009", "31/02/2009"))
    officer = sign_in(Client(), make_user("tracking_officer", authority))

    assert "1 row fine, 1 needs you" in words(officer.get(f"/return/{intake.ref}/"))
    assert officer.get("/returns/").url == "/returns/board/"


def test_reading_rows_is_written_down_with_whom_they_are(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol
) -> None:
    ada = enrolled(given_name="Ada", family_name="Lark")
    intake = send(desk, expected, HEADINGS, ADA)

    desk.get(f"/return/{intake.ref}/rows/")

    assert AuditEvent.objects.filter(kind="intake.rows_read").latest("pk").subjects == [ada.pk]


@pytest.mark.parametrize("page", ["", "rows/", "missing/", "send/", "problems/no_such_day/date_of_birth/"])
def test_a_page_asks_the_same_of_the_database_for_one_row_and_for_many(
    desk: Client, expected: ExpectedReturn, enrolled: Enrol, page: str
) -> None:
    def statements(lines: list[str]) -> int:
        intake = send(desk, expected, HEADINGS, *lines)
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(f"/return/{intake.ref}/{page}").status_code == 200
        return len(asked)

    def lines(count: int) -> list[str]:
        days = ["31" if number % 4 == 3 else "14" for number in range(count)]
        return [
            f"Name{chr(97 + n)},Ben,{day}/02/2009,M,{n} Mill Lane,ZZ9 9ZZ,12" for n, day in enumerate(days)
        ]

    enrolled(family_name="Gone")
    few = statements(lines(4))
    for number in range(8):
        enrolled(family_name=f"Gone{number}")
    many = statements(lines(20))

    assert many <= few
