"""The sheet of one school: what the council reads, what the school reads of it, how it gets there and answers."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from caseload.reports.actions.sheets import has_sheet
from caseload.reports.catalogue import SCHOOL, content
from caseload.reports.kinds import Kind
from caseload.reports.queries.material import material
from caseload.reports.queries.one_school import WENT, Book, book_of, for_the_school, went
from caseload.reports.rules.content import NOT_SHOWN, texts
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.messages.actions import deliver
from returns.exchange.models import Parcel, ParcelFile
from schools.models import Establishment
from tests.caseload.reports.conftest import LAST_YEAR, NOVEMBER, november
from tests.caseload.reports.test_conversation import percent, year_12
from tests.factories import make_school, make_user, sign_in
from tests.pdf import text_of
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

pytestmark = pytest.mark.django_db
ASHBY = "Ashby School"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def the_book(county):
    return book_of(material(county.authority, november(), county.whom("Ambleshire")))


def test_where_its_year_11_went_beside_all_schools_counted_again(county):
    said = content(SCHOOL, county.authority, november(), county.whom(ASHBY))
    section = next(each for each in said.sections if each.title == WENT)

    wanted = []
    for day, month in ((NOVEMBER, "November 2026"), (LAST_YEAR, "November 2025")):
        its, all_of_them = year_12(county, day, ASHBY), year_12(county, day, "All schools")
        lost, of_all = (each[Status.NEET] + each[Status.NOT_KNOWN] for each in (its, all_of_them))
        counts = [its.total(), its[Status.EET], its[Status.NEET], its[Status.NOT_KNOWN]]
        shares = [percent(its[Status.EET], its.total()), percent(lost, its.total())]
        wanted.append([month, *map(str, counts), *shares, percent(of_all, all_of_them.total())])
    assert texts(section) == wanted
    assert min(year_12(county, NOVEMBER, ASHBY).total(), 10) < 10  # too few to be given a place
    assert "place" not in section.message


def test_what_a_school_reads_says_nothing_of_few_and_lets_nothing_be_worked_out(county):
    """Thrown by dice: from all that is shown of a year, no number of one to four comes out."""
    book, dice, kinds = the_book(county), Random("few"), (Status.EET, Status.NEET, Status.NOT_KNOWN)
    held = 0
    for _ in range(300):
        its = Counter({kind: dice.choice([0, 1, 2, 4, 5, 9, 40]) for kind in kinds})
        its = +its
        if not its:
            continue
        others = Counter(dict.fromkeys(kinds, 200))
        section = went(Book(book.made_of, {}, [(november(), {1: its, 2: others})], {}), 1, hides=True)
        _, whole, *cells = section.rows[0]
        counts = dict(zip(kinds, cells[:3], strict=True))
        hidden = [kind for kind in kinds if counts[kind] == NOT_SHOWN]
        held += bool(hidden)
        assert all(not 0 < counts[kind] < 5 for kind in kinds if kind not in hidden)
        if whole != NOT_SHOWN:
            assert not 0 < whole < 5
            rest = whole - sum(counts[kind] for kind in kinds if kind not in hidden)
            assert not hidden or (len(hidden) > 1 and rest >= 5)
        for cell, of in ((cells[3], {Status.EET}), (cells[4], {Status.NEET, Status.NOT_KNOWN})):
            assert (cell == NOT_SHOWN) == (whole == NOT_SHOWN or bool(of & set(hidden)))
        if NOT_SHOWN in cells:
            assert "place" not in section.message or cells[4] != NOT_SHOWN
    assert held > 100


def test_the_school_reads_less_than_the_council(county):
    own = for_the_school(the_book(county), county.whom(ASHBY), SCHOOL.words)
    councils = content(SCHOOL, county.authority, november(), county.whom(ASHBY))

    assert {each.title for each in own.sections} < {each.title for each in councils.sections}
    assert "Those there now or last" not in {each.title for each in own.sections}
    stranger = make_school(name="Elsewhere School", la_code="999")
    nobody = county.whom(ASHBY).__class__("school-0", "x", establishment=stranger)
    assert for_the_school(the_book(county), nobody, SCHOOL.words) is None


def test_it_is_put_out_once_and_the_school_answers(county):
    officer = sign_in(Client(), make_user("mi_officer", county.authority))
    ashby = Establishment.objects.get(name=ASHBY)
    secretary = sign_in(Client(), make_user("school_user", county.authority, establishment=ashby))
    asked = {"report": "school", "month": "2026-11", "of": f"school-{ashby.pk}"}
    page = officer.get(reverse("report"), asked).content.decode()
    assert "What they may read of it" in page
    url = page.split(f'href="{reverse("put_out_sheet")}')[1].split('"')[0].replace("&amp;", "&")
    url = reverse("put_out_sheet") + url
    assert "This is what they would read" in officer.get(url).content.decode()

    sent = {"of_month": "2026-11", "ends_on_day": "31", "ends_on_month": "1", "ends_on_year": "2027"}
    for expected in (Job.State.DONE, Job.State.FAILED):
        assert officer.post(url, sent).status_code == 302
        job = Job.objects.filter(kind=Kind.SHEETS_ASKED).latest("pk")
        run(job_id=job.pk)
        job.refresh_from_db()
        assert job.state == expected, job.error
    assert "lies there already" in job.error
    assert has_sheet(county.authority, november()) == {ashby.pk}
    assert has_sheet(county.authority, ReportingMonth(LAST_YEAR)) == set()
    deliver()
    assert mail.outbox

    found = ParcelFile.objects.get()
    paper = b"".join(secretary.get(reverse("collect_file", args=[found.ref])).streaming_content)
    words = text_of(paper)
    assert "Please do not publish it" in words
    assert "Those there now or last" not in words
    answer_url = reverse("answer_file", args=[found.ref])
    assert answer_url in secretary.get(reverse("files_for_you")).content.decode()
    assert "Enter an answer" in secretary.post(answer_url, {"words": ""}).content.decode()
    assert secretary.post(answer_url, {"words": "Two sets of results came late."}).status_code == 302
    council = officer.get(reverse("parcel", args=[found.parcel.ref])).content.decode()
    assert "Two sets of results came late." in council
    other = make_user(
        "school_user", county.authority, establishment=Establishment.objects.get(name="Birch School")
    )
    assert sign_in(Client(), other).get(answer_url).status_code == 404
    Parcel.objects.update(kind=Parcel.Kind.PAPER)
    assert secretary.get(answer_url).status_code == 404


def test_for_all_of_them_at_once_and_what_each_reads_is_its_own(county):
    officer = sign_in(Client(), make_user("tracking_officer", county.authority))
    sent = {"of_month": "2026-11", "ends_on_day": "31", "ends_on_month": "1", "ends_on_year": "2027"}

    assert officer.get(reverse("put_out_sheets")).status_code == 200
    officer.post(reverse("put_out_sheets"), sent)
    job = Job.objects.get(kind=Kind.SHEETS_ASKED)
    run(job_id=job.pk)

    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    for each in ParcelFile.objects.select_related("establishment", "file"):
        words = text_of(each.file.path.read_bytes())
        names = [name for name in (ASHBY, "Birch School") if name in words]
        assert names == [each.establishment.name]
    assert ParcelFile.objects.count() == 2
    assert Parcel.objects.get().ends_on == date(2027, 1, 31)


def test_a_sheet_is_for_who_may_have_reports_of_the_whole_council(county):
    north = county.whom("Northby").district
    ashby = Establishment.objects.get(name=ASHBY)
    asked = {"report": "school", "month": "2026-11", "of": f"school-{ashby.pk}"}
    lead = sign_in(Client(), make_user("district_lead", county.authority, district=north))

    assert lead.get(reverse("report"), asked).status_code == 404
    assert lead.get(reverse("put_out_sheets")).status_code == 404
    officer = sign_in(Client(), make_user("mi_officer", county.authority))
    for wrong in ({**asked, "of": "council"}, {**asked, "report": "monthly"}):
        assert officer.get(reverse("report"), wrong).status_code == 404
    going_on = {**asked, "month": "2026-12"}
    assert "What they may read of it" not in officer.get(reverse("report"), going_on).content.decode()
    assert officer.get(reverse("put_out_sheet"), going_on).status_code == 404
