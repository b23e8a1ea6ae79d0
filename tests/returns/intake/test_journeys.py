"""A school's return in a browser: answered on the page, sent as an export and mended by two, sent back and forth as a
file, taken back."""

import re
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from returns.calendar.models import ExpectedReturn
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.browser import assert_accessible
from tests.factories import make_user
from tests.returns.intake.walking import (
    Hand,
    columns_confirmed,
    enrol,
    export,
    facts,
    saved,
    send_file,
    worked,
)
from tracking.models import YoungPerson

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db,
    pytest.mark.usefixtures("on_a_day_in_september"),
]


def test_twelve_pupils_are_answered_for_on_the_page_without_a_file(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    capsys: pytest.CaptureFixture[str],
) -> None:
    enrol(authority, school, 12)
    before = facts()
    page = browse(secretary)
    hand, began = Hand(page), monotonic()

    page.goto("/")
    assert_accessible(page)
    hand.press("Start")
    assert_accessible(page)
    hand.press("Answer on the page")
    expect(page.get_by_text("12 not answered yet")).to_be_visible()
    assert_accessible(page)
    hand.press("All 12 are still here")
    gone = page.get_by_role("listitem").filter(has_text="Ashforda,")
    hand.choose(gone.get_by_label("Left"))
    for label, value in (("Day", "4"), ("Month", "sept"), ("Year", "2026")):
        gone.get_by_label(label, exact=True).fill(value)
    gone.get_by_label("Where they went").fill("An apprenticeship")
    gone.get_by_label("Where they went").press("Tab")
    saved(gone)
    never = page.get_by_role("listitem").filter(has_text="Bshforda,")
    hand.choose(never.get_by_label("Never came back"))
    saved(never)
    assert_accessible(page)
    hand.click(page.get_by_role("link", name="Add somebody new"))
    assert_accessible(page)
    for label, value in (("First name", "Nadia"), ("Last name", "Newcomer"), ("Day", "5"), ("Month", "5")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Year", exact=True).fill("2010")
    page.get_by_label("Gender").select_option("Female")
    page.get_by_label("Address line 1").fill("1 Mill Lane")
    page.get_by_label("Postcode").fill("ZZ9 9ZZ")
    page.get_by_label("Mobile").fill("07700 900123")
    hand.press("Add")
    hand.press("Go on: check and send")
    expect(page.get_by_role("heading", name="Check and send")).to_be_visible()
    assert_accessible(page)
    hand.choose(page.get_by_label("Yes", exact=True))
    for label, value in (("Day", "1"), ("Month", "9"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    hand.press("Send to")
    worked(page)
    expect(page.get_by_role("heading", name="Return received")).to_be_visible()
    assert_accessible(page)
    took = monotonic() - began
    with capsys.disabled():
        print(f"\n12 pupils on the page: {hand.clicks} clicks, {took:.0f} seconds with all that is measured")

    assert hand.clicks <= 15
    assert took < 180
    intake = Intake.objects.get()
    assert (intake.state, intake.counts["continuing"], intake.counts["new_person"]) == ("confirmed", 10, 1)
    assert YoungPerson.objects.filter(family_name="Newcomer").exists()

    page.get_by_role("link", name="Take it back").click()
    assert_accessible(page)
    page.get_by_label("Why do you take it back?").fill("The wrong day")
    page.get_by_role("button", name="Take it back").click()
    worked(page)
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    assert_accessible(page)
    assert facts() == before
    assert not YoungPerson.objects.filter(family_name="Newcomer").exists()


def test_an_export_with_three_mistakes_is_mended_by_two_and_sent(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    colleague = make_user(
        "school_user", authority, establishment=school, name="Drew Drafter", can_submit=False
    )
    people = enrol(authority, school, 250)
    file = export(people, tmp_path, row3_6="31/02/2009", row100_7="", row200_6="21/9/1999")
    page = browse(secretary)
    began = monotonic()

    send_file(page, expected, file)
    columns_confirmed(page)
    expect(page.get_by_role("heading", name="247 rows fine, 3 need you")).to_be_visible()
    assert_accessible(page)

    box = page.get_by_role("listitem").filter(has_text="Row 5:").get_by_label("Date of birth")
    box.fill(f"{people[3].date_of_birth:%-d %B %Y}")
    box.press("Tab")
    expect(page.get_by_role("heading", name="248 rows fine, 2 need you")).to_be_visible()
    expect(page).to_have_title(re.compile("^248 rows fine, 2 need you – "))
    box = page.get_by_role("listitem").filter(has_text="Row 102:").get_by_label("Last name")
    box.fill(people[100].family_name)
    box.press("Enter")
    expect(page.get_by_role("heading", name="249 rows fine, 1 needs you")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Hand it to a colleague").click()
    assert_accessible(page)
    page.get_by_role("radio", name="Drew Drafter").check()
    page.get_by_label("What should they do?").fill("1 row for you to check")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("Drew Drafter was asked by e-mail")).to_be_visible()

    page = browse(colleague)
    page.goto("/")
    expect(page.get_by_text("With Drew Drafter")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("1 row for you to check")).to_be_visible()
    box = page.get_by_role("listitem").filter(has_text="Row 202:").get_by_label("Date of birth")
    box.fill(f"{people[200].date_of_birth:%d/%m/%Y}")
    box.press("Tab")
    expect(page.get_by_role("heading", name="250 rows fine, none needs you")).to_be_visible()
    page.get_by_role("button", name="Go on: check and send").click()
    expect(page.get_by_text(f"Ready for {secretary.name} to send")).to_be_visible()
    assert page.get_by_role("button", name="Send to").count() == 0
    assert_accessible(page)

    page = browse(secretary)
    page.goto("/")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Go on: check and send").click()
    page.get_by_role("button", name="Send to").click()
    worked(page)
    expect(page.get_by_text("Your reference")).to_be_visible()
    with capsys.disabled():
        print(f"\n250 rows, mended by two: {monotonic() - began:.0f} seconds with all that is measured")

    intake = Intake.objects.get()
    assert intake.counts["continuing"] == 250
    with page.expect_download() as receipt:
        page.get_by_role("link", name="Save the receipt (PDF)").click()
    assert receipt.value.suggested_filename.startswith("Receipt R")
    page.goto("/")
    expect(page.get_by_text("Nothing is due")).to_be_visible()


def test_a_file_comes_back_with_what_is_wrong_and_is_sent_again(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
) -> None:
    people = enrol(authority, school, 12)
    page = browse(secretary)
    send_file(page, expected, export(people, tmp_path, row3_6="31/02/2009"))
    columns_confirmed(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file with what is wrong").click()
    download.value.save_as(tmp_path / "wrong.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "wrong.xlsx").worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert sheet.max_row == 2, "only the row that is wrong"
    assert "February" in sheet.cell(2, 1).value

    with page.expect_download() as whole:
        page.evaluate("() => { location.href = location.pathname + 'returned-file/?all' }")
    mended = tmp_path / "mended.xlsx"
    whole.value.save_as(mended)
    book = openpyxl.load_workbook(mended)
    sheet = book.worksheets[0]
    row = next(each.row for each in sheet["A"][1:] if each.value)
    sheet.cell(row, headings.index("Birth date") + 1).value = f"{people[3].date_of_birth:%d/%m/%Y}"
    book.save(mended)
    send_file(page, expected, mended)

    expect(page.get_by_role("heading", name="12 rows fine, none needs you")).to_be_visible()


def test_headings_nobody_knows_are_asked_about_once(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
) -> None:
    people = enrol(authority, school, 6)
    page = browse(secretary)
    file = export(people, tmp_path)
    text = file.read_text().replace("Legal Surname", "Zed").replace("Legal Forename", "Wye")
    file.write_text(text)

    send_file(page, expected, file)
    expect(page.get_by_role("heading", name="Which column is which?")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Zed").select_option("Last name")
    page.get_by_label("Wye").select_option("First name")
    page.get_by_role("button", name="Save and check the rows").click()
    worked(page)
    expect(page.get_by_role("heading", name="6 rows fine, none needs you")).to_be_visible()

    file.write_text(text.replace("Mill Lane", "Mill Road"))
    send_file(page, expected, file)
    expect(page.get_by_role("heading", name="6 rows fine, none needs you")).to_be_visible()


def test_a_file_that_cannot_be_read_says_so_and_the_next_one_goes_through(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
) -> None:
    wrong = tmp_path / "list.xlsx"
    wrong.write_bytes(b"PK\x03\x04 not a workbook")
    page = browse(secretary)
    send_file(page, expected, wrong)
    expect(page.get_by_role("heading", name="The file could not be read")).to_be_visible()
    assert_accessible(page)

    page.get_by_label("Choose a file").set_input_files(export(enrol(authority, school, 3), tmp_path))
    page.get_by_role("button", name="Send the file").click()
    worked(page)
    columns_confirmed(page)

    expect(page.get_by_role("heading", name="3 rows fine, none needs you")).to_be_visible()


def test_the_pages_beside_the_road_can_be_used_by_everybody(
    browse: Callable[[User], Page],
    secretary: User,
    expected: ExpectedReturn,
    authority: Authority,
    school: Establishment,
    tmp_path: Path,
) -> None:
    people = enrol(authority, school, 6)
    page = browse(secretary)
    page.goto(f"/returns/{expected.ref}/nothing/")
    assert_accessible(page)
    send_file(page, expected, export(people[:5], tmp_path, row1_2="by the sea", row2_2="by the sea"))
    columns_confirmed(page)
    here = page.url

    page.get_by_role("link", name="Explain all 2 at once").click()
    assert_accessible(page)
    page.get_by_label("Are they all right?").fill("No fixed address")
    page.get_by_role("button", name="Save the reason for all").click()
    expect(page.get_by_text("The reason was saved for 2 rows")).to_be_visible()
    page.get_by_role("link", name="Continuing").click()
    assert_accessible(page)
    page.get_by_role("row").nth(1).get_by_role("link").click()
    assert_accessible(page)
    page.goto(here)
    page.get_by_role("button", name="Answer for them").click()
    page.get_by_label("Left").check()
    assert_accessible(page)
    page.goto("/returns/")
    assert_accessible(page)
