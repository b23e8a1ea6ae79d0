"""What a browser's way through a return is made of: pupils, exports, clicks, jobs done between two pages."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.calendar.models import ExpectedReturn
from schools.models import Authority, Establishment
from tests.browser import OneAtATime, ask_now
from tests.factories import make_activity, make_person, make_residence
from tracking.models import Activity, YoungPerson

HEADINGS = [
    "Adno",
    "Reg",
    "P code",
    "NC Yr",
    "Legal Forename",
    "Sex",
    "Birth date",
    "Legal Surname",
    "Home address",
]


@dataclass
class Hand:
    """Somebody at a computer, whose clicks are counted."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def choose(self, target: Locator) -> None:
        self.clicks += 1
        target.check()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name))


def enrol(authority: Authority, school: Establishment, count: int) -> list[YoungPerson]:
    """So many pupils whom the register has at the school."""
    people = []
    for number in range(count):
        person = make_person(
            authority,
            family_name=f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]}shford{'abcdefghij'[number // 26]}",
            date_of_birth=date(2009, 1 + number % 8, 1 + number % 27),
        )
        make_activity(person, "210", date(2025, 9, 1), establishment=school)
        make_residence(person)
        people.append(person)
    return people


def export(people: list[YoungPerson], folder: Path, **wrong: Any) -> Path:
    """The file of a school's own system: columns it likes, in its order."""
    file = folder / "export.csv"
    lines = []
    for number, person in enumerate(people):
        born = f"{person.date_of_birth:%d/%m/%Y}" if person.date_of_birth else ""
        cells = [4000 + number, "12B", "ZZ9 9ZZ", "Year 12", person.given_name, "F", born]
        lines.append([*cells, person.family_name, f"{number} Mill Lane"])
    for place, value in wrong.items():
        row, _, column = place.removeprefix("row").partition("_")
        lines[int(row)][int(column)] = value
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS, *lines])
    file.write_text(text.getvalue())
    return file


def do_work() -> None:
    """What a worker does, in the transaction of this test."""
    with OneAtATime.working:
        for job in Job.objects.filter(state="waiting").order_by("pk"):
            jobs.run(job_id=job.pk)


def worked(page: Page) -> None:
    """The page waits for the work, the work is done, and the page goes on by itself."""
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work()
    ask_now(page)
    expect(page.get_by_text("Waiting for its turn")).not_to_be_visible()


def send_file(page: Page, expected: ExpectedReturn, file: Path) -> None:
    page.goto(f"/returns/{expected.ref}/")
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Send the file").click()
    worked(page)


def columns_confirmed(page: Page) -> None:
    """Which column is which is asked the first time, where headings alone do not tell."""
    expect(page.get_by_role("heading", name="Which column is which?")).to_be_visible()
    page.get_by_role("button", name="Save and check the rows").click()
    worked(page)


def facts() -> set[tuple[Any, ...]]:
    """What the register says of who is where."""
    return set(Activity.objects.values_list("person", "code", "starts_on", "ends_on", "establishment"))


def saved(line: Locator) -> None:
    expect(line.get_by_text("Saved")).to_be_visible()


def lines_of(page: Page) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("radio"))
