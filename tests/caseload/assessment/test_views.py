"""Its page, a line's page, paper and file; who may not."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from caseload.assessment.actions import open_assessment
from caseload.assessment.models import LineAnswer, SelfAssessment
from tests.caseload.assessment.conftest import TODAY, YEAR
from tests.factories import make_school, make_user, sign_in
from tracking.register.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(council):
    return open_assessment(authority=council.authority, year=YEAR, on=TODAY, by=council.data)


def sent(answer):
    return b"".join(answer.streaming_content)


def test_it_begins_on_its_page_and_costs_the_same_however_much_is_said(
    council, client, django_assert_max_num_queries
):
    sign_in(client, council.data)
    assert "No self-assessment yet" in client.get(reverse("assessment")).text
    assert client.post(reverse("open_assessment")).status_code == 302
    own = SelfAssessment.objects.get()
    LineAnswer.objects.bulk_create(
        LineAnswer(assessment=own, line=code, rating="partly", evidence=f"{code} <b>", said_by=council.data)
        for code in ("trained", "views_on_offer", "demand")
    )
    client.get(reverse("assessment"))

    with django_assert_max_num_queries(14):
        page = client.get(reverse("assessment")).text
    assert "85 lines" in page
    assert page.count("Partly in place") == 3
    waiting = client.get(reverse("assessment_of_year", args=[own.pk]), {"show": "waiting"}).text
    assert "Partly in place" not in waiting


def test_a_line_is_answered_on_its_page_and_its_task_leads_there(council, client, own):
    sign_in(client, council.lead)
    page = reverse("assessment_line", args=[own.pk, "trained"])
    assert "Select how it stands" not in client.get(page).text
    assert client.post(page, {"rating": "partly", "action": "Train"}).status_code == 200
    told = {"rating": "partly", "evidence": "Begun.", "action": "Train", "owner": council.lead.pk}
    told |= {"due_on_day": "15", "due_on_month": "1", "due_on_year": "2027"}
    assert client.post(page, told).url.endswith("#line-trained")

    task = Task.objects.get(kind="assessment")
    assert client.get(reverse("assessment_task", args=[task.pk])).url == page
    assert "Begun." in client.get(page).text
    assert client.get(reverse("assessment_line", args=[own.pk, "no-such"])).status_code == 404


def test_it_is_handed_in_and_approved_with_buttons(council, client, own):
    act = reverse("assessment_act", args=[own.pk])
    sign_in(client, council.data)
    assert "Use one of the buttons" in client.post(act, {"act": "no-such"}, follow=True).text
    assert "wait for an answer" in client.post(act, {"act": "hand_in"}, follow=True).text
    SelfAssessment.objects.update(handed_in_at=own.opened_at, handed_in_by=council.data)
    assert "Approve it" not in client.get(reverse("assessment")).text
    sign_in(client, council.manager)
    assert "Approve it" in client.get(reverse("assessment")).text
    assert "kept as it is now" in client.post(act, {"act": "approve"}, follow=True).text


def test_paper_and_file_hold_every_line(council, client, own):
    LineAnswer.objects.create(
        assessment=own,
        line="trained",
        rating="not_in_place",
        action="Train",
        due_on=TODAY,
        said_by=council.data,
    )
    sign_in(client, council.manager)

    paper = sent(client.get(reverse("assessment_paper", args=[own.pk])))
    assert paper.startswith(b"%PDF")
    book = load_workbook(BytesIO(sent(client.get(reverse("assessment_file", args=[own.pk])))))
    assert [sheet.title for sheet in book] == ["Lines", "Action plan"]
    assert (book["Lines"].max_row, book["Action plan"].max_row) == (86, 2)
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_others_find_nothing_here(council, client, own):
    elsewhere = make_user("manager", name="Elsie Elsewhere")
    school = make_user("school_user", council.authority, establishment=make_school())
    for user in (elsewhere, school, council.worker):
        sign_in(client, user)
        for name in ("assessment_of_year", "assessment_paper", "assessment_file"):
            assert client.get(reverse(name, args=[own.pk])).status_code == 404
        assert client.post(reverse("assessment_act", args=[own.pk]), {"act": "count"}).status_code == 404
