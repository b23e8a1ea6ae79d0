"""Bringing a register in a browser: the return, the telephone numbers, and taking both back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.nccis.reading import Reading
from tests.browser import OneAtATime, ask_now, assert_accessible
from tests.factories import make_authority, make_user, seed_reference
from tracking.models import ContactPoint, YoungPerson

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
RETURN = Path(__file__).resolve().parents[2] / "files" / "nccis" / "2026-27-clean.xml"


@pytest.fixture
def page_of_officer(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path, browse: Any) -> Page:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    settings.MEDIA_ROOT = tmp_path / "files"
    seed_reference()
    return browse(make_user("mi_officer", make_authority(code="886", database_id="886")))


def do_work(page: Page) -> None:
    """What a worker does, in the transaction of this test; the page learns of it."""
    with OneAtATime.working:
        for job in Job.objects.filter(state="waiting").order_by("pk"):
            jobs.run(job_id=job.pk)
    ask_now(page)


def bring(page: Page, what: str, file: Path) -> None:
    page.goto("/bring/")
    page.get_by_role("radio", name=what).check()
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Try the file out").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work(page)
    expect(page.get_by_role("heading", name="What taking it in would do")).to_be_visible()


def take_in(page: Page) -> None:
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work(page)
    expect(page.get_by_role("heading", name="What taking it in did")).to_be_visible()


def contacts(folder: Path) -> Path:
    with RETURN.open("rb") as file:
        numbers = [record.young_persons_id for record in Reading(file)]
    rows = [f"{number},07700 9001{at:02d}" for at, number in enumerate(numbers[:5])]
    file = folder / "contacts.csv"
    file.write_text("\n".join(["CCIS number,Mobile", *rows, "8869999999999,07700 900999"]))
    return file


def test_a_register_is_brought_compared_and_taken_back(page_of_officer: Page, tmp_path: Path) -> None:
    page = page_of_officer
    page.goto("/bring/")
    assert_accessible(page)

    bring(page, "A DfE return", RETURN)
    assert_accessible(page)
    take_in(page)
    assert_accessible(page)
    people = YoungPerson.objects.count()
    assert people > 10

    page.get_by_label("Young people aged 16 and 17").fill("13")
    page.get_by_role("button", name="Compare").click()
    compared = page.get_by_role("row").filter(has_text="Young people aged 16 and 17").get_by_role("cell")
    register, published, difference = (int(compared.nth(at).inner_text()) for at in range(3))
    assert (published, difference) == (13, register - 13)
    returned = page.url.partition("?")[0]

    bring(page, "Telephone numbers and e-mail addresses", contacts(tmp_path))
    expect(page.get_by_text("Nobody on the register was found for this row")).to_be_visible()
    take_in(page)
    assert ContactPoint.objects.count() == 5

    for address in (page.url, returned):
        page.goto(address)
        page.get_by_label("Why is it taken back?").fill("A rehearsal")
        page.get_by_role("button", name="Take this file back").click()
        expect(page.get_by_text("Taking the file back")).to_be_visible()
        do_work(page)
        expect(page.get_by_text("A rehearsal")).to_be_visible()
    assert_accessible(page)
    assert not YoungPerson.objects.exists()
    assert not ContactPoint.objects.exists()


def test_a_wrong_file_says_why_and_leads_back(page_of_officer: Page, tmp_path: Path) -> None:
    page = page_of_officer
    wrong = tmp_path / "letter.xml"
    wrong.write_text("Dear Sir")
    page.goto("/bring/")
    page.get_by_role("radio", name="A DfE return").check()
    page.get_by_label("The file").set_input_files(wrong)
    page.get_by_role("button", name="Try the file out").click()
    expect(page.get_by_text("Waiting for its turn")).to_be_visible()
    do_work(page)

    expect(page.get_by_text("This is not an XML file")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Bring another file").click()
    expect(page.get_by_role("button", name="Try the file out")).to_be_visible()
