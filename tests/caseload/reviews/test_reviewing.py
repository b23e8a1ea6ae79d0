"""Reviews: an outcome or nothing, tasks from next steps, notes that stay in a service, and for whom business support
writes."""

from datetime import date

import pytest
from django.urls import reverse

from caseload.allocation.models import Case
from caseload.reviews.actions import review, review_many
from caseload.reviews.models import Review
from caseload.reviews.queries import breaches, latest_review, latest_reviews, standing, unreviewed
from caseload.reviews.queries.counting import days_left
from caseload.reviews.queries.lists import ORDER, Wanted, cases_on, next_to_review
from caseload.reviews.statements import ReviewTold
from neet import clock
from neet.audit.models import AuditEvent
from schools.models import Membership
from tests.caseload.reviews.conftest import TODAY
from tests.factories import make_person, make_responsible, make_user
from tracking.register.models import Note, Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db


def told(outcome="working", **more):
    return ReviewTold(outcome, **more)


def test_a_review_without_an_outcome_is_none(month):
    case = month.case()

    with pytest.raises(NotRight, match="what came of it"):
        review(case=case, told=told("", words="Looked at"), by=month.worker)

    assert not Review.objects.exists()
    assert unreviewed(month.run) == {month.support.pk: 1}


def test_a_review_counts_and_the_latest_is_said(month):
    case = month.case()
    review(case=case, told=told("no_contact"), by=month.worker)
    review(case=case, told=told("start_agreed", words="Starts on 4 January"), by=month.worker)

    assert latest_review(case).outcome == "start_agreed"
    assert latest_reviews([case.pk])[case.pk].words == "Starts on 4 January"
    assert unreviewed(month.run) == {}
    assert AuditEvent.objects.filter(kind="reviews.case_reviewed", subjects=[case.person_id]).count() == 2


def test_a_button_pressed_twice_is_one_review(month):
    case = month.case()

    assert review(case=case, told=told(), by=month.worker) == review(case=case, told=told(), by=month.worker)


def test_the_next_step_becomes_a_task_of_who_does_it(month):
    case = month.case()
    review(
        case=case,
        told=told(next_step="Visit the college", next_on=date(2026, 12, 1), recorded_for=month.worker),
        by=month.office,
    )

    task = Task.objects.get(person=case.person)
    assert (task.words, task.due_on, task.owner, task.service) == (
        "Visit the college", date(2026, 12, 1), month.worker, month.support,
    )  # fmt: skip


def test_a_day_without_a_step_is_refused(month):
    with pytest.raises(NotRight, match="next step"):
        review(case=month.case(), told=told(next_on=date(2026, 12, 1)), by=month.worker)


def test_business_support_writes_for_colleagues_of_the_service_only(month):
    case = month.case()
    made = review(case=case, told=told(recorded_for=month.worker), by=month.office)
    assert (made.reviewed_by, made.recorded_for) == (month.office, month.worker)

    with pytest.raises(NotRight, match="colleague of that service"):
        review(case=case, told=told("refused", recorded_for=month.sender), by=month.office)
    with pytest.raises(NotPermitted):
        review(case=case, told=told("refused", recorded_for=month.lead), by=month.worker)


def test_business_support_is_a_caseworker_and_no_other_role_is_raised_by_it(month):
    contractor = make_user("contractor", month.authority, service=month.support, records_for_others=True)
    person = make_person(month.authority)
    make_responsible(person, service=month.support, kind="contract")
    case = month.case(person=person)

    with pytest.raises(NotPermitted):
        review(case=case, told=told(), by=contractor)
    assert Membership.objects.get(user=month.office).role == "caseworker"


def test_only_who_sees_the_young_person_reviews_and_only_an_open_month(month):
    case = month.case()
    with pytest.raises(NotPermitted):
        review(case=case, told=told(), by=month.sender)

    month.run.closed_at = clock.now()
    month.run.save()
    with pytest.raises(NotRight, match="closed"):
        review(case=case, told=told(), by=month.worker)


def test_duty_follows_the_support(month):
    duty = month.case()
    month.case(offer="telephone")
    month.case(offer="minimal")
    month.case(state="moved_on")

    assert unreviewed(month.run) == {month.support.pk: 1}
    assert list(breaches(month.run)) == [duty]
    assert [(each.service, each.cases, each.duty, each.left) for each in standing(month.run, TODAY)] == [
        ("NEET support", 3, 1, 1)
    ]


def test_whoever_needs_a_review_is_first_and_the_longest_neet_on_top(month):
    new = month.case(since=date(2026, 11, 2))
    long = month.case(since=date(2026, 2, 1))
    done = month.case(since=date(2025, 12, 1))
    no_duty = month.case(since=date(2026, 1, 1), offer="minimal")
    review(case=done, told=told(), by=month.worker)

    assert list(cases_on(month.run, month.worker).order_by(*ORDER)) == [long, new, done, no_duty]
    assert next_to_review(month.run, month.worker) == long
    assert next_to_review(month.run, month.worker, without=long.pk) == new


def test_each_list_holds_the_cases_of_one_s_services_that_one_sees(month):
    ours, theirs = month.case(), month.case(month.send)
    hidden = month.case()
    YoungPerson.objects.filter(pk=hidden.person_id).update(restricted_on=TODAY, restricted_reason="Refuge")

    assert list(cases_on(month.run, month.worker)) == [ours]
    assert set(cases_on(month.run, month.chief)) == {ours, theirs}
    assert list(cases_on(month.run, month.chief, Wanted(service=month.send.pk))) == [theirs]


def test_those_with_a_plan_who_were_not_reviewed_are_a_list(month):
    planned = month.case(facts=["year_12", "plan"])
    month.case()

    assert list(cases_on(month.run, month.chief, Wanted("to_review", plan=True))) == [planned]


@pytest.mark.parametrize(
    ("now", "left"),
    [(date(2026, 11, 23), 6), (date(2026, 11, 29), 1), (date(2026, 11, 30), 1), (date(2026, 12, 1), 0)],
)
def test_days_left_are_working_days_with_today(month, now, left):
    assert days_left(month.run, now) == left


def test_many_are_reviewed_in_one_act_and_others_are_left_out(month, assert_statements):
    cases = [month.case() for _ in range(12)]
    theirs = month.case(month.send)
    asked = [each.pk for each in [*cases, theirs]]

    with assert_statements(12):
        number = review_many(
            run=month.run, cases=asked, told=told("no_contact", words="Letter sent"), by=month.lead
        )

    assert number == 12
    assert {each.case for each in Review.objects.all()} == set(cases)
    event = AuditEvent.objects.get(kind="reviews.many_cases_reviewed")
    assert set(event.subjects) == {each.person_id for each in cases}


@pytest.mark.parametrize("outcome", ["", "started", "referred", "moved"])
def test_what_needs_more_words_is_not_said_of_many(month, outcome):
    with pytest.raises(NotRight):
        review_many(run=month.run, cases=[month.case().pk], told=told(outcome), by=month.lead)


def test_a_note_of_one_service_is_read_by_no_other_anywhere(month, signed_in):
    """Every page and file of another service that sees the young person; the shared line is there, the note is not."""
    person = make_person(month.authority, given_name="Juno", family_name="Quillfeather")
    case = month.case(person=person)
    make_responsible(person, service=month.send, kind="support")
    secret, line = "A private worry at home", "Starts at college in January"
    review(case=case, told=told("start_agreed", words=line, note=secret), by=month.worker)
    assert Note.objects.get().service == month.support
    ours, theirs, chief = signed_in(month.worker), signed_in(month.sender), signed_in(month.chief)

    assert secret in ours.get(reverse("person_notes", args=[person.ref])).content.decode()
    pages = [
        reverse(name, args=[person.ref])
        for name in ("person", "person_notes", "person_history", "person_tasks")
    ]
    pages += [reverse(name) for name in ("register", "tasks", "reviews", "to_screen", "referrals", "home")]
    for client in (theirs, chief):
        for url in pages:
            assert secret not in client.get(url).content.decode()
        found = client.post(reverse("search"), {"words": "private worry"}, follow=True)
        assert "Quillfeather" not in found.content.decode()
        for name in ("person", "person_history"):
            assert line in client.get(reverse(name, args=[person.ref])).content.decode()


def test_list_review_and_the_next_one_is_up(month, signed_in):
    first, second = month.case(since=date(2026, 2, 1)), month.case(since=date(2026, 9, 1))
    client = signed_in(month.worker)
    listed = client.get(reverse("reviews")).content.decode()
    assert "2 of 2 still to review" in listed
    assert "6 working days left" in listed
    assert "Over 6 months" in listed

    refused = client.post(reverse("review", args=[first.pk]), {"words": "Looked at", "then": "next"})
    assert "Select what came of it" in refused.content.decode()
    answer = client.post(reverse("review", args=[first.pk]), {"outcome": "working", "then": "next"})
    assert answer.url == reverse("review", args=[second.pk])
    answer = client.post(answer.url, {"outcome": "no_contact", "then": "next"})
    assert answer.url == reverse("reviews")
    assert "Everybody who has to be reviewed was reviewed" in client.get(answer.url).content.decode()


def test_who_writes_for_others_is_asked_for_whom(month, signed_in):
    case = month.case()
    url = reverse("review", args=[case.pk])
    office = signed_in(month.office)

    shown = office.get(url).content.decode()
    assert "Who did the work?" in shown
    assert "Sam Support" in shown
    assert "Sal Send" not in shown
    assert "Who did the work?" not in signed_in(month.worker).get(url).content.decode()
    office.post(url, {"outcome": "working", "recorded_for": month.worker.pk, "then": "list"})

    assert Review.objects.get().recorded_for == month.worker


@pytest.mark.parametrize(("outcome", "name"), [("started", "record_activity"), ("referred", "refer")])
def test_what_follows_an_outcome_is_offered_next(month, signed_in, outcome, name):
    case = month.case()

    answer = signed_in(month.worker).post(
        reverse("review", args=[case.pk]), {"outcome": outcome, "then": "next"}
    )

    assert answer.url == reverse(name, args=[case.person.ref])


def test_one_outcome_for_the_ticked_is_asked_and_then_written(month, signed_in):
    cases = [month.case() for _ in range(3)]
    client = signed_in(month.worker)
    ticked = [each.pk for each in cases[:2]]

    nothing = client.post(reverse("review_several"), {}, follow=True)
    assert "Select at least one young person" in nothing.content.decode()
    asked = client.post(reverse("review_several"), {"ticked": ticked}).content.decode()
    assert all(each.person.full_name in asked for each in cases[:2])
    client.post(reverse("review_several"), {"ticked": ticked, "asked": "yes", "outcome": "no_contact"})

    assert unreviewed(month.run) == {month.support.pk: 1}


def test_the_list_costs_the_same_for_many(month, signed_in, assert_statements):
    for _ in range(20):
        review(case=month.case(), told=told(), by=month.worker)
    client = signed_in(month.worker)
    client.get(reverse("reviews"))

    with assert_statements(16):
        client.get(reverse("reviews"))


def test_who_was_left_out_stays_on_a_list_when_the_month_is_over(month, signed_in, monkeypatch):
    left, done = (
        make_person(month.authority, family_name="Leftover"),
        make_person(month.authority, family_name="Looked"),
    )
    month.case(person=left)
    review(case=month.case(person=done), told=told(), by=month.worker)
    client = signed_in(month.worker)
    assert "No month is over yet" in client.get(reverse("not_reviewed")).content.decode()
    month.run.closed_at = clock.now()
    month.run.save()
    monkeypatch.setenv("DJANGO_NOW", "2026-12-02T09:00")

    page = signed_in(month.worker).get(reverse("not_reviewed")).content.decode()

    assert "November 2026" in page
    assert "Leftover" in page
    assert "Looked" not in page
    assert "Leftover" not in signed_in(month.sender).get(reverse("not_reviewed")).content.decode()


def test_without_a_month_the_page_says_so(month, signed_in):
    Case.objects.all().delete()
    month.run.delete()

    assert "No month is open" in signed_in(month.worker).get(reverse("reviews")).content.decode()
