"""The page, the PDF and the sheet say the same; who may have a report of whom; a report made again."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseload.chase.models import Attempt
from caseload.reports.catalogue import REPORTS, content
from caseload.reports.kinds import Kind
from caseload.reports.models import MadeReport
from caseload.reports.rules.content import text
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.caseload.reports.conftest import NOVEMBER, november
from tests.factories import make_user, sign_in
from tests.pdf import is_tagged, text_of
from tracking.rules.months import ReportingMonth

pytestmark = pytest.mark.django_db
ASKED = {"report": "monthly", "month": "2026-11", "of": "council"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def done(client, asked):
    """Asked for on the page, and made by a worker."""
    client.post(reverse("make_report"), asked)
    for job in Job.objects.filter(kind=Kind.ASKED, state=Job.State.WAITING):
        run(job_id=job.pk)


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


@pytest.mark.parametrize("slug", sorted(REPORTS))
def test_page_pdf_and_sheet_show_the_same_numbers(slug, county, officer, client):
    sign_in(client, officer)
    whom = county.whom("Ashby School" if REPORTS[slug].of_a_school else "Ambleshire")
    asked = {**ASKED, "report": slug, "of": whom.slug}
    said = content(REPORTS[slug], county.authority, november(), whom)

    done(client, asked)
    page = words_of(client.get(reverse("report"), asked).content.decode())
    made = MadeReport.objects.get()
    paper = made.pdf.path.read_bytes()
    on_paper = re.sub(r"\s+", "", text_of(paper))
    book = openpyxl.load_workbook(BytesIO(made.xlsx.path.read_bytes()))

    tables = [each for each in said.sections if each.rows]
    assert len(book.worksheets) == len(tables) + 1
    for section, sheet in zip(tables, book.worksheets[1:], strict=True):
        assert section.message in page
        assert section.title.replace(" ", "") in on_paper
        for row, cells in zip(section.rows, list(sheet.iter_rows(values_only=True))[1:], strict=True):
            shown = [text(cell) for cell in row]
            assert words_of(" ".join(shown)) in page
            assert all(words.replace(" ", "") in on_paper for words in shown[1:])
            assert [_read(cell) for cell in cells] == [_read(words) for words in shown]
    _nothing_hidden(book)
    assert is_tagged(paper)


def _read(cell):
    """A number however it is written; words as they are; nothing for no figure."""
    words = "" if cell is None or cell == "no figure" else str(cell).replace("\u2212", "-")
    plain = words.replace(",", "").removesuffix("%")
    try:
        return round(float(plain), 1)
    except ValueError:
        return words


def _nothing_hidden(book):
    assert all(sheet.sheet_state == "visible" for sheet in book.worksheets)
    for sheet in book.worksheets:
        assert not any(
            each.hidden for each in [*sheet.column_dimensions.values(), *sheet.row_dimensions.values()]
        )
    assert not book.defined_names
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")


def test_made_again_of_the_same_numbers_it_is_the_same_report(county, officer, client):
    sign_in(client, officer)

    for _ in range(2):
        done(client, ASKED)
    done(client, {**ASKED, "month": "2026-10"})

    assert [each.month for each in MadeReport.objects.all()] == [
        ReportingMonth.read("2026-10").ends_on,
        NOVEMBER,
    ]
    page = words_of(client.get(reverse("reports")).content.decode())
    assert "2 reports" in page
    assert "by Ola Officer" in page


def test_a_call_written_down_after_the_month_was_frozen_changes_nothing_of_it(county):
    before = content(REPORTS["monthly"], county.authority, november(), county.whom("Ambleshire")).digest
    for each in county.people:
        Attempt.objects.create(
            person=each.invented.person, channel="call", asked="young_person", outcome="spoke", reached=True,
            learned=False, tried_at=f"{NOVEMBER}T11:00Z",
        )  # fmt: skip

    assert (
        content(REPORTS["monthly"], county.authority, november(), county.whom("Ambleshire")).digest == before
    )


def test_who_may_have_a_report_of_whom(county, client):
    authority = county.authority
    north = county.whom("Northby").district
    client.post(reverse("make_report"), ASKED)
    sign_in(client, make_user("tracking_officer", authority))
    done(client, ASKED)
    made = MadeReport.objects.get()

    sign_in(client, make_user("district_lead", authority, district=north))
    assert client.get(reverse("report"), ASKED).status_code == 404
    assert client.get(reverse("report_pdf", args=[made.pk])).status_code == 404
    assert client.post(reverse("make_report"), ASKED).status_code == 404
    own = {**ASKED, "of": f"district-{north.pk}"}
    assert "Northby" in client.get(reverse("report"), own).content.decode()
    other = county.whom("Southby").slug
    assert client.get(reverse("report"), {**ASKED, "of": other}).status_code == 404

    sign_in(client, make_user("manager", authority))
    assert client.get(reverse("reports")).status_code == 404
    assert client.get(reverse("report"), ASKED).status_code == 404
    assert client.get(reverse("report_sheet", args=[made.pk])).status_code == 404


def test_a_month_that_goes_on_has_a_report_of_today(county, officer, client):
    sign_in(client, officer)

    page = client.get(reverse("report"), {**ASKED, "month": "2026-12"}).content.decode()

    assert "the month goes on" in page
    assert client.get(reverse("report"), {**ASKED, "month": "2026-01"}).status_code == 404


@pytest.mark.parametrize("slug", sorted(REPORTS))
def test_a_report_costs_as_many_statements_for_few_as_for_many(slug, county):
    few, many = ("Birch School", "Ashby School") if REPORTS[slug].of_a_school else ("Northby", "Ambleshire")

    def cost(words):
        whom = county.whom(words)
        with CaptureQueriesContext(connection) as found:
            content(REPORTS[slug], county.authority, november(), whom)
        return len(found)

    cost(few)  # what is read once and remembered is read now
    whole = cost(many)

    assert whole <= 27
    assert cost(few) <= whole
