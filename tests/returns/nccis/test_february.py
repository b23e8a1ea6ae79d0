"""A one-person team runs February in a browser: lapses, errors, freeze, file, sign-off, the DfE's answer, March."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from neet.clock import LONDON
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.nccis.models import Submission
from schools.models import Authority
from tests.browser import OneAtATime, assert_accessible
from tests.factories import confirm, make_activity, make_authority, make_person, make_user, seed_reference
from tests.returns.nccis.conftest import make_faulty
from tests.returns.nccis.living import turn_clock
from tracking.figures.models import Freeze
from tracking.models import YoungPerson
from tracking.register.actions.nightly import sweep

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
REPORT = "YoungPersonsID,Error code,Description\n{},4,Gender\n"
MOST_CLICKS = 45


@dataclass
class Hand:
    """Somebody at a computer, whose clicks are counted."""

    page: Page
    clicks: int = 0

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()

    def tick(self, target: Locator) -> None:
        self.clicks += 1
        target.check()

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name).first)

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name).first)

    def press_and_wait(self, name: str) -> None:
        """Press what is done beside the pages, and look again when it is done."""
        self.press(name)
        expect(self.page.get_by_text("Waiting for its turn")).to_be_visible()
        with OneAtATime.working:
            for job in Job.objects.filter(state="waiting").order_by("pk"):
                jobs.run(job_id=job.pk)
        self.page.reload()
        expect(self.page.get_by_text("Waiting for its turn")).not_to_be_visible()


@pytest.fixture
def council(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Authority:
    """The ninth of March: two whose knowledge ran out in February, eight without a gender, one who moved away."""
    settings.MEDIA_ROOT = tmp_path
    turn_clock(monkeypatch, datetime(2027, 3, 9, 9, tzinfo=LONDON))
    seed_reference()
    authority = make_authority(code="886")
    for name in ("Adair", "Bellamy"):
        lapsed = make_person(authority, family_name=name, date_of_birth=date(2009, 10, 3))
        make_activity(lapsed, "330", date(2026, 8, 1), verified_on=date(2026, 8, 12))
    for number, name in enumerate(("Corin", "Dole", "Eames", "Farrow", "Gale", "Hume", "Ives", "Joy")):
        faulty = make_faulty(authority, family_name=name, young_person_id=f"88600000009{number + 10}")
        confirm(faulty.activities.get(), date(2027, 1, 20))
    gone = make_person(authority, family_name="Kemp", date_of_birth=date(2009, 10, 3))
    make_activity(gone, "210", date(2026, 9, 1), verified_on=date(2026, 9, 20))
    YoungPerson.objects.filter(pk=gone.pk).update(
        cohort_status="T", cohort_status_on=date(2027, 2, 10), transferred_to_la="887"
    )
    sweep(day=date(2027, 3, 9))
    return authority


def test_a_one_person_team_runs_february_alone(council: Authority, browse: Any, tmp_path: Path) -> None:
    page = browse(make_user("mi_officer", council))
    hand, began = Hand(page), time.monotonic()

    lapses_are_seen_and_one_is_confirmed(hand)
    errors_are_mended_many_at_once(hand)
    the_month_is_frozen_and_frozen_again(hand)
    the_file_is_built_signed_and_sent(hand, tmp_path)
    the_answer_comes_back_and_is_mended(hand, tmp_path)
    the_next_month_opens(hand)

    took = time.monotonic() - began
    print(f"\nFebruary alone: {hand.clicks} clicks, {took:.0f} seconds with all that is measured")
    assert hand.clicks <= MOST_CLICKS


def lapses_are_seen_and_one_is_confirmed(hand: Hand) -> None:
    """Lapses are things to do, not changes of the record; a provider's word confirms those that go on."""
    page = hand.page
    page.goto("/")
    hand.follow("Tasks")
    expect(page.get_by_role("link", name="Adair").first).to_be_visible()
    assert_accessible(page)
    hand.follow("Register")
    hand.tick(page.get_by_role("checkbox", name="Adair"))
    hand.press("Confirm the ticked")
    hand.tick(page.get_by_label("The school, college or provider"))
    hand.press("Confirm them")
    expect(page.get_by_text("1 young person confirmed.")).to_be_visible()


def errors_are_mended_many_at_once(hand: Hand) -> None:
    """By the DfE's priority, from the list: one answer for the ticked; all but one, who is found out later."""
    page = hand.page
    hand.follow("This month")
    hand.press_and_wait("Check all records")
    expect(page.get_by_role("rowheader", name="Mend: the DfE reports these back")).to_be_visible()
    assert_accessible(page)
    hand.follow("Gender is empty.")
    for name in ("Corin", "Dole", "Eames", "Farrow", "Gale", "Hume"):
        hand.tick(page.get_by_role("checkbox", name=name))
    assert_accessible(page)
    hand.clicks += 1
    page.get_by_label("Gender of the ticked").select_option("U")
    hand.press("Write it into the ticked")
    expect(page.get_by_text("6 records mended")).to_be_visible()
    hand.follow("February 2027")


def the_month_is_frozen_and_frozen_again(hand: Hand) -> None:
    """News that comes after the first freeze is seen as the difference of the second."""
    page = hand.page
    hand.press_and_wait("Freeze the month")
    expect(page.get_by_role("button", name="Freeze the month again")).to_be_visible()
    with OneAtATime.working:
        late = YoungPerson.objects.get(family_name="Bellamy")
        late.activities.update(ends_on=date(2027, 1, 31))
        make_activity(late, "310", date(2027, 2, 1), verified_on=date(2027, 2, 20))
    hand.press_and_wait("Freeze the month again")
    hand.follow("1 young person counts otherwise than before")
    expect(page.get_by_role("cell", name="Not known").first).to_be_visible()
    assert_accessible(page)
    hand.follow("February 2027")


def the_file_is_built_signed_and_sent(hand: Hand, folder: Path) -> None:
    """Nobody else is there: a reason stands in for the second person."""
    page = hand.page
    hand.press_and_wait("Build the file")
    hand.press("Sign the file off")
    hand.tick(page.get_by_role("checkbox", name="I have looked at the figures"))
    page.get_by_label("Why do you sign off your own work?").fill("I am the only one in the team")
    hand.press("Sign off")
    with page.expect_download() as handed_out:
        hand.follow("Download the file built")
    handed_out.value.save_as(folder / "february.xml")
    text = (folder / "february.xml").read_text()
    assert text.count("</YoungPersonsID>") == 11
    assert "<CohortStatus>T</CohortStatus>" in text
    hand.press("Mark as sent")
    expect(page.get_by_text("The file for February 2027 went to the DfE")).to_be_visible()
    assert_accessible(page)


def the_answer_comes_back_and_is_mended(hand: Hand, folder: Path) -> None:
    """The DfE's report leads to the record; the record is put right."""
    page = hand.page
    (folder / "errors.csv").write_text(
        REPORT.format(YoungPerson.objects.get(family_name="Ives").young_person_id)
    )
    hand.follow("Note the DfE")
    hand.tick(page.get_by_role("radio", name="errors").first)
    page.get_by_label("Its error report").set_input_files(folder / "errors.csv")
    hand.press("Go on")
    expect(page.get_by_text("yes, 2 records")).to_be_visible()
    assert_accessible(page)
    hand.follow("Gender is empty.")
    assert_accessible(page)
    hand.follow("Mend the record of")
    hand.tick(page.get_by_role("radio", name="Male M", exact=True))
    hand.press("Save")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ives")


def the_next_month_opens(hand: Hand) -> None:
    """March goes on: what is still wrong in it is one record; who left is in no file any more."""
    page = hand.page
    hand.follow("This month")
    hand.follow("March 2027")
    hand.press_and_wait("Check all records")
    expect(page.get_by_text("10 young people are in the file")).to_be_visible()
    hand.follow("Gender is empty.")
    expect(page.get_by_role("link", name="Joy, ")).to_be_visible()
    expect(page.get_by_role("link", name="Ives, ")).to_have_count(0)
    assert Freeze.objects.filter(closed_at__isnull=False).count() == 1
    assert Submission.objects.get(sent_at__isnull=False).people == 11
