"""A report is made beside the pages: once for all who ask, by one worker, under the rights of whoever asked."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from caseload.reports.actions.making import Beside, ask, make
from caseload.reports.catalogue import MONTHLY, ONWARD
from caseload.reports.kinds import Kind
from caseload.reports.models import MadeReport
from caseload.reports.queries.asked import being_made
from caseload.reports.statements import Wanted
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.jobs.work import NoLongerMine
from schools.models import Membership
from tests.caseload.reports.conftest import november
from tests.factories import make_user, sign_in

pytestmark = pytest.mark.django_db
ASKED = {"report": "progression", "month": "2026-11", "of": "council"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def wanted(county):
    return Wanted(ONWARD, county.authority, november(), county.whom("Ambleshire"))


def test_two_who_ask_wait_for_the_same_work(county, officer, wanted):
    first, second = sign_in(Client(), officer), sign_in(Client(), make_user("mi_officer", county.authority))

    there = [client.post(reverse("make_report"), ASKED)["Location"] for client in (first, second, first)]

    assert len(set(there)) == 1
    job = Job.objects.get(kind=Kind.ASKED)
    waiting = second.get(there[0]).content.decode()
    assert "Waiting for its turn" in waiting
    assert "Cancel this work" not in waiting
    assert "Cancel this work" in first.get(there[0]).content.decode()
    assert "are being made" in second.get(reverse("report"), ASKED).content.decode()
    run(job_id=job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (Job.State.DONE, 3, 3)
    assert "Open the report and its files" in second.get(there[0]).content.decode()
    part = second.get(there[0], headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section")
    page = second.get(reverse("report"), ASKED).content.decode()
    assert "are being made" not in page
    assert f"by {officer.name}" in page
    assert being_made(wanted) is None
    assert AuditEvent.objects.filter(kind=Kind.ASKED).count() == 3


def test_how_far_it_is_is_told_to_those_alone_who_may_have_it(county, officer, wanted):
    job = ask(wanted=wanted, by=officer)
    url = reverse("report_being_made", args=[job.ref])
    north = county.whom("Northby").district

    for role, of in (("district_lead", {"district": north}), ("manager", {})):
        assert sign_in(Client(), make_user(role, county.authority, **of)).get(url).status_code == 404
    assert sign_in(Client(), officer).get(reverse("report_being_made", args=[uuid4()])).status_code == 404


def test_whoever_may_not_have_it_any_more_gets_none(county, officer, wanted):
    job = ask(wanted=wanted, by=officer)
    Membership.objects.filter(user=officer).update(role="manager")

    run(job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "This is not open to whoever asked for it any more.")
    assert not MadeReport.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_worker_that_lost_its_work_leaves_nothing(officer, wanted, tmp_path):
    def lost():
        raise NoLongerMine

    with pytest.raises(NoLongerMine):
        make(wanted=wanted, by=officer, beside=Beside(lost))

    assert not MadeReport.objects.exists()
    assert not StoredFile.objects.exists()


def test_of_the_same_numbers_no_page_is_set_twice(officer, wanted):
    steps = []
    first = make(wanted=wanted, by=officer)

    again = make(wanted=wanted, by=officer, beside=Beside(tell=lambda done, total: steps.append(done)))

    assert again == first
    assert steps == [1]
    assert StoredFile.objects.count() == 2


def test_each_table_is_taken_away_as_the_page_shows_it(county, officer):
    client, asked = sign_in(Client(), officer), {**ASKED, "report": MONTHLY.slug}
    page = client.get(reverse("report"), asked).content.decode()
    urls = [
        each.split('"')[0].replace("&amp;", "&")
        for each in page.split(f'href="{reverse("report_table")}')[1:]
    ]

    assert len(urls) == page.count("<table")
    files = [b"".join(client.get(reverse("report_table") + each)).decode() for each in urls]

    flow = next(each for each in files if "Became NEET" in each)
    assert flow.splitlines()[0] == '\ufeffWhat happened,"From where, or where to",Young people'
    assert flow.splitlines()[1].startswith("NEET in October 2026,,")
    assert page.count("<svg") >= 3
    assert "Became NEET" in page
    assert client.get(reverse("report_table"), {**asked, "part": 99}).status_code == 404
    assert client.get(reverse("report_table"), {**asked, "part": "x"}).status_code == 404
