"""Requests: whose they are, the clock, answers, and who is to be told."""

from datetime import timedelta

import pytest

from neet import clock
from neet.audit.models import AuditEvent
from returns.nccis.models import SentRecord, Submission
from schools.models import Authority
from tests.factories import make_authority, make_person, make_user
from tests.tracking.rights.conftest import Council
from tracking.register.models import AccessGrant
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.actions.requests import (
    answer,
    ask_what_they_mean,
    note_told,
    prove_identity,
    record_request,
    take_back,
    take_longer,
    told_what_they_mean,
)
from tracking.rights.models import RightsRequest, UseLimited
from tracking.rights.queries.requests import Wanted, clock_of, counted, seen_by, wanted_requests
from tracking.rights.statements import Answer, Ask

WRONG = "The course is wrong: it was joinery."


def wrong(council: Council, *, limits: bool = False) -> RightsRequest:
    ask = Ask("rectification", "young_person", clock.today(), WRONG, limits)
    return record_request(person=council.person, ask=ask, by=council.officer)


def sent_to_the_department(council: Council) -> None:
    submission = Submission.objects.create(
        authority=council.authority,
        period_end="2026-10-31",
        date_of_send="2026-11-10",
        rules_of=2026,
        content=b"",
        sha256="0" * 64,
        size=0,
        people=1,
        sent_at=clock.now(),
        sent_by=council.officer,
    )
    SentRecord.objects.create(submission=submission, person=council.person, period_end="2026-10-31")


def test_record_request_asked_again_is_the_same_and_waits_for_identity(council: Council) -> None:
    first, again = wrong(council), wrong(council)

    assert first == again
    assert first.due_on is None
    assert clock_of(first, clock.today()).words == "Make sure who asks"
    event = AuditEvent.objects.filter(kind="rights.request_recorded").latest("pk")
    assert (event.subjects, event.counts) == ([council.person.pk], {"repeated": 1})


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (Ask("copy", "parent", clock.today() + timedelta(days=1)), "asked_on"),
        (Ask("rectification", "parent", clock.today(), " "), "words"),
    ],
)
def test_record_request_refuses_a_day_to_come_and_no_words(council: Council, ask: Ask, field: str) -> None:
    with pytest.raises(NotRight) as refused:
        record_request(person=council.person, ask=ask, by=council.officer)

    assert list(refused.value.words) == [field]


def test_requests_are_governances_alone_and_of_restricted_records_the_named_ones(council: Council) -> None:
    request = wrong(council)
    stranger = make_user("governance", make_authority())

    assert list(seen_by(council.governance)) == [request]
    assert not seen_by(stranger).exists()
    assert not seen_by(council.officer).exists()
    with pytest.raises(NotPermitted):
        prove_identity(request=request, how="Seen", by=council.officer)

    type(council.person).objects.filter(pk=council.person.pk).update(
        restricted_on=clock.today(), restricted_reason="Refuge"
    )
    AccessGrant.objects.create(
        person=council.person, user=council.other, kind="named", reason="Works with them"
    )
    assert not seen_by(council.governance).exists()
    assert list(seen_by(council.other)) == [request]


def test_clock_stands_still_until_they_say_what_they_mean(council: Council) -> None:
    request = prove_identity(request=wrong(council), how="Known", by=council.governance)
    assert request.due_on is not None

    request = ask_what_they_mean(request=request, by=council.governance)
    assert request.due_on is None
    request = told_what_they_mean(request=request, by=council.governance)
    month = request.due_on
    request = take_longer(request=request, why="Paper files in three places", by=council.governance)

    assert month is not None
    assert request.due_on > month + timedelta(days=55)


def test_take_longer_only_within_the_first_month(council: Council) -> None:
    request = prove_identity(request=wrong(council), how="Known", by=council.governance)
    RightsRequest.objects.filter(pk=request.pk).update(identity_on="2026-01-05", asked_on="2026-01-05")

    with pytest.raises(NotRight):
        take_longer(request=request, why="Hard", by=council.governance)


def test_answer_keeps_their_words_and_names_who_is_to_be_told(council: Council) -> None:
    sent_to_the_department(council)
    request = prove_identity(request=wrong(council), how="Known", by=council.governance)

    done = answer(
        request=request,
        said=Answer("partly", "The end day was mended.", "It was joinery"),
        by=council.governance,
    )
    told = note_told(recipient=done.recipients.get(), by=council.governance)

    assert (done.state, done.answered_by, done.statement) == ("partly", council.governance, "It was joinery")
    assert (told.name, told.given) == ("Department for Education", "Monthly file, October 2026")
    assert told.told_on == clock.today()
    with pytest.raises(NotRight, match="answered"):
        take_back(request=done, by=council.governance)


def test_answer_needs_identity_unless_refused(council: Council) -> None:
    request = wrong(council)

    with pytest.raises(NotRight, match="sure who asks"):
        answer(request=request, said=Answer("done", "Mended"), by=council.governance)
    refused = answer(request=request, said=Answer("refused", "Nobody knows who asked"), by=council.governance)

    assert refused.state == "refused"
    assert not refused.recipients.exists()


def test_restriction_that_is_granted_begins_a_limit(council: Council) -> None:
    ask = Ask("restriction", "parent", clock.today(), "Do not ring us")
    request = record_request(person=council.person, ask=ask, by=council.officer)
    prove_identity(request=request, how="Known", by=council.governance)

    answer(request=request, said=Answer("done", "Not used from today"), by=council.governance)

    assert UseLimited.objects.get().ends_on is None


def test_lists_by_state_and_counts(council: Council) -> None:
    late = prove_identity(request=wrong(council), how="Known", by=council.governance)
    RightsRequest.objects.filter(pk=late.pk).update(due_on=clock.today() - timedelta(days=1))
    elsewhere = make_person(make_authority())
    record_request(
        person=elsewhere,
        ask=Ask("copy", "parent", clock.today()),
        by=make_user("tracking_officer", Authority.objects.get(pk=elsewhere.authority_id)),
    )

    today = clock.today()
    assert [each.pk for each in wanted_requests(council.governance, Wanted("late"), today)] == [late.pk]
    assert not wanted_requests(council.governance, Wanted("answered"), today).exists()
    assert not wanted_requests(council.governance, Wanted(kind="copy"), today).exists()
    assert (counted(council.governance, today).open, counted(council.governance, today).late) == (1, 1)
