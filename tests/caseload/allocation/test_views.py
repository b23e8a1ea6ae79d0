"""The month's pages: who sees what, the list with its filters, decisions, workers, panels, what the council is like."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.allocation.actions import open_month
from caseload.allocation.models import Case, CaseSettings, MonthRun, StagePlan
from caseload.allocation.panels import case_panel, month_panel
from tests.caseload.allocation.conftest import NOVEMBER, TODAY, YEAR_13
from tests.factories import make_district, make_residence, make_user, sign_in
from tracking.register.models import Residence

MOST_STATEMENTS = 25


@pytest.fixture
def run(authority, officer, services, neet):
    """An open month: mainstream, a court order, a conflict, Year 13."""
    neet(given_name="Mainstream")
    neet("170", given_name="Order")
    neet("110", "170", given_name="Conflict")
    neet(born=YEAR_13, given_name="Thirteen")
    return open_month(authority=authority, month=NOVEMBER, by=officer)


def text_of(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_before_a_month_is_open_the_page_says_so_and_who_may_opens_it(client, officer, caseworker):
    assert "Open November 2026" in text_of(sign_in(client, officer).get(reverse("cases")))
    words = text_of(sign_in(client, caseworker).get(reverse("cases")))
    assert "Open November 2026" not in words
    assert "No month is open" in words


def test_opening_by_the_button_opens_the_month(client, officer, authority, services, neet):
    neet()

    answer = sign_in(client, officer).post(reverse("open_cases"), follow=True)

    assert "November 2026 is open: 1 young person on its list." in text_of(answer)
    assert MonthRun.objects.get().month == NOVEMBER


def test_the_month_counts_what_one_sees_and_says_what_is_not_shown(client, lead, authority, run):
    other = make_district(authority)
    Residence.objects.filter(person__given_name="Order").update(district=other)

    words = text_of(sign_in(client, lead).get(reverse("cases")))

    assert "4 young people are on the council’s list; 1 of them are not shown to you." in words
    assert "Youth justice" not in words.split("Reviews of the month")[0]


def test_the_list_is_filtered_in_the_address(client, officer, services, run):
    def names(**filters):
        page = sign_in(client, officer).get(reverse("case_list"), filters)
        return {line.case.person.given_name for line in page.context["lines"]}

    assert names() == {"Mainstream", "Order", "Conflict", "Thirteen"}
    assert names(service=services["youth-justice"].pk) == {"Order"}
    assert names(offer="minimal") == {"Thirteen"}
    assert names(state="undecided") == {"Conflict"}
    assert names(worker="none", offer="caseload") == {"Mainstream", "Order", "Conflict"}
    assert names(late="yes") == set()
    assert names(reviewed="yes") == set()
    assert names(month="2026-11", state="all") == {"Mainstream", "Order", "Conflict", "Thirteen"}
    assert names(service="999999999") == {"Mainstream", "Order", "Conflict", "Thirteen"}


def test_a_district_lead_reads_services_but_not_the_circumstances_behind(client, lead, officer, run):
    theirs = text_of(sign_in(client, lead).get(reverse("undecided_cases")))
    ours = text_of(sign_in(client, officer).get(reverse("undecided_cases")))

    assert "court order" not in theirs
    assert "<strong>Youth justice</strong>: a circumstance that is not shown to you" in theirs
    assert "<strong>Youth justice</strong>: a court order" in ours


def test_a_restricted_record_is_absent_and_counted(client, officer, run):
    case = run.cases.get(person__given_name="Order")
    type(case.person).objects.filter(pk=case.person_id).update(
        restricted_on=TODAY, restricted_reason="Safety"
    )

    words = text_of(sign_in(client, officer).get(reverse("cases")))

    assert "1 of them are not shown to you" in words
    assert client.get(reverse("decide_case", args=[case.pk])).status_code == 404


def test_a_decision_needs_a_reason_and_goes_on_to_the_next(client, officer, services, run):
    case = run.cases.get(state="conflict")
    url = reverse("decide_case", args=[case.pk])
    sign_in(client, officer)

    assert "Enter why" in text_of(client.post(url, {"service": services["send"].pk, "why": ""}))
    answer = client.post(url, {"service": services["virtual-school"].pk, "why": "Knows her"}, follow=True)

    assert "Virtual school answers for Conflict" in text_of(answer)
    case.refresh_from_db()
    assert (case.service, case.decided_by, case.offer) == (services["virtual-school"], officer, "caseload")


def test_the_ticked_go_to_a_worker_of_the_service(client, officer, caseworker, services, run):
    case = run.cases.get(person__given_name="Mainstream")
    url = f"{reverse('assign_cases')}?service={services['neet-support'].pk}"
    sign_in(client, officer)

    none = client.post(url, {"give_to": caseworker.pk}, follow=True)
    assert "Tick the young people first" in text_of(none)
    done = client.post(url, {"give_to": caseworker.pk, "ticked": [case.pk]}, follow=True)

    assert f"1 case given to {caseworker.name}." in text_of(done)
    case.refresh_from_db()
    assert case.worker == caseworker


def test_somebody_new_is_put_on_the_list_from_their_record(client, officer, run, neet):
    person = neet(given_name="Late")
    sign_in(client, officer)
    assert "Add as an earlier notification" in text_of(client.get(reverse("person", args=[person.ref])))

    client.post(reverse("add_late_case", args=[person.ref]))

    assert run.cases.get(person=person).is_late
    words = text_of(client.get(reverse("person", args=[person.ref])))
    assert "Case in November 2026" in words
    assert "earlier notification" in words


def test_closing_taking_back_and_stages_have_pages(client, officer, run):
    sign_in(client, officer)
    stage = run.stages.last()
    days = {"starts_on_day": "25", "starts_on_month": "11", "starts_on_year": "2026",
            "ends_on_day": "24", "ends_on_month": "11", "ends_on_year": "2026"}  # fmt: skip
    url = reverse("stage_of_cases", args=[stage.pk])
    assert "The last day must be on or after the first" in text_of(client.post(url, days))
    assert client.post(url, {**days, "ends_on_day": "26"}).status_code == 302
    assert "nothing changed" in text_of(client.post(reverse("allocate_cases", args=[run.pk]), follow=True))
    assert "1 young person is still to be decided" in text_of(
        client.get(reverse("close_cases", args=[run.pk]))
    )
    assert "Take the opening" in text_of(client.get(reverse("take_back_cases", args=[run.pk])))
    assert "had not been opened" in text_of(
        client.post(reverse("take_back_cases", args=[run.pk]), follow=True)
    )
    assert not MonthRun.objects.exists()


def test_a_closed_month_says_so(client, officer, run):
    sign_in(client, officer)
    assert "November 2026 is closed" in text_of(
        client.post(reverse("close_cases", args=[run.pk]), follow=True)
    )
    assert "is closed: its cases stay" in text_of(
        client.post(reverse("allocate_cases", args=[run.pk]), follow=True)
    )


def test_what_the_council_is_like_is_said_on_one_page(client, officer, authority, services):
    sign_in(client, officer)
    url = reverse("council_of_cases")
    assert "Meeting of all agencies" in text_of(client.get(url))
    said = {
        "shape": "simple", "default_service": "", "warn_days": "10", "referral_days": "3",
        "stage-TOTAL_FORMS": "2", "stage-INITIAL_FORMS": "0",
        "stage-0-words": "Everything", "stage-0-first_working_day": "1", "stage-0-last_working_day": "-1",
    }  # fmt: skip
    assert "works with everybody" in text_of(client.post(url, said))

    client.post(url, {**said, "default_service": services["send"].pk})

    made = CaseSettings.objects.get()
    assert (made.shape, made.default_service, made.warn_days) == ("simple", services["send"], 10)
    assert list(StagePlan.objects.values_list("words", "first_working_day", "last_working_day")) == [
        ("Everything", 1, -1)
    ]


def test_a_stage_without_days_is_refused(client, officer, services):
    said = {
        "shape": "several", "warn_days": "10", "referral_days": "3",
        "stage-TOTAL_FORMS": "1", "stage-INITIAL_FORMS": "0", "stage-0-words": "Meeting",
    }  # fmt: skip

    assert "Enter a working day" in text_of(sign_in(client, officer).post(reverse("council_of_cases"), said))
    assert not CaseSettings.objects.exists()


def test_the_panel_of_a_record_says_why_in_words_one_may_read(lead, officer, caseworker, run):
    person = run.cases.get(person__given_name="Order").person

    ours, theirs = case_panel(person.pk, officer, TODAY), case_panel(person.pk, lead, TODAY)

    assert (ours.why, ours.why_offer) == ("a court order", "everybody else is case-loaded")
    assert theirs.why == "a circumstance that is not shown to you"
    assert ours.may_decide
    assert not case_panel(person.pk, caseworker, TODAY).may_decide


def test_the_first_page_shows_the_month_to_those_who_allocate(officer, lead, caseworker, authority, run):
    panel = month_panel(lead, TODAY)

    assert [(each.number, each.words) for each in panel.tiles] == [
        (2, "case-loaded"), (1, "to be decided"), (2, "without a worker"), (0, "no longer NEET"),
    ]  # fmt: skip
    assert month_panel(caseworker, TODAY) is None
    assert month_panel(make_user("mi_officer", authority), TODAY) is None


@pytest.mark.parametrize("name", ["cases", "case_list", "undecided_cases"])
def test_pages_ask_a_constant_number_of_statements(
    client, officer, run, neet, authority, name, django_assert_max_num_queries
):
    sign_in(client, officer)
    with django_assert_max_num_queries(MOST_STATEMENTS) as few:
        client.get(reverse(name))
    for number in range(8):
        person = neet("110", "170") if number % 2 else neet()
        Case.objects.create(
            run=run, person=person, state="conflict" if number % 2 else "no_rule", offer="caseload"
        )
        make_residence(neet(), starts_on=date(2019, 1, 1), ends_on=date(2019, 2, 1))
    with django_assert_max_num_queries(len(few)):
        client.get(reverse(name))
