"""Messages about returns: once a day each, to whoever is to answer, without anybody's name."""

from datetime import date

import pytest
from django.core import mail

from neet.jobs.actions import do_due_work
from neet.messages.actions import deliver
from neet.messages.models import Message
from returns.calendar.actions.answering import declare_nil, extend, mark_sent, waive
from returns.calendar.actions.nightly import remind
from returns.calendar.actions.telling import Refused, nudge, resend, tell
from returns.calendar.models import Notice
from returns.calendar.queries.expected import late_on, written
from tests.factories import make_user
from tests.returns.calendar.factories import expect, make_collection

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 27)
REMINDER_DAY = date(2026, 11, 20)
MONDAY, FIFTH = date(2026, 11, 30), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def on_the_day_of_the_reminder(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T09:00")


@pytest.fixture
def collection():
    return make_collection(due_on=DUE, remind_days=[-7])


def asked(collection):
    """An establishment that has not answered, and its secretary."""
    expected = expect(collection)
    return expected, make_user("school_user", collection.authority, establishment=expected.establishment)


def test_a_reminder_goes_once_on_its_day_and_on_no_other(collection):
    _, secretary = asked(collection)

    for day in (date(2026, 11, 19), REMINDER_DAY, REMINDER_DAY, date(2026, 11, 21)):
        remind(day=day)

    deliver()
    assert [each.to for each in mail.outbox] == [[secretary.email]]
    assert mail.outbox[0].subject == "Reminder: a return is due on Friday 27 November 2026"


def test_whoever_has_answered_is_not_reminded(collection):
    sent, by = asked(collection)
    nil, _ = asked(collection)
    waived, _ = asked(collection)
    mark_sent(expected=sent, at="2026-11-19T12:00Z")
    declare_nil(expected=nil, by=by)
    waive(expected=waived, why="No sixth form", by=by)
    later, _ = asked(collection)
    extend(expected=later, to=date(2026, 12, 11), by=by)
    asked(make_collection(published_at=None, due_on=DUE, remind_days=[-7]))
    asked(make_collection(closed_on=date(2026, 11, 1), due_on=DUE, remind_days=[-7]))

    remind(day=REMINDER_DAY)

    assert not Notice.objects.filter(kind="reminder").exists()


def test_a_timer_that_was_down_makes_up_each_day_once_dated_as_itself(collection, monkeypatch, settings):
    settings.DUE_WORK = {"returns": "returns.calendar.actions.nightly.remind"}
    asked(collection)
    do_due_work(today=date(2026, 11, 19))
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T09:00")

    do_due_work(today=date(2026, 11, 22))
    do_due_work(today=date(2026, 11, 22))

    assert list(Notice.objects.values_list("kind", "day")) == [("reminder", REMINDER_DAY)]


def test_the_list_goes_to_the_council_on_the_day_due_and_the_first_and_fifth_working_day_after(collection):
    late, _ = asked(collection)
    prompt, _ = asked(collection)
    officer = make_user("tracking_officer", collection.authority)
    make_user("caseworker", collection.authority)
    remind(day=DUE)
    mark_sent(expected=prompt, at="2026-11-28T12:00Z")
    for day in range(28, 31):
        remind(day=date(2026, 11, day))
    for day in range(1, 12):
        remind(day=date(2026, 12, day))

    assert {each.expected for each in late_on(DUE)} == {late, prompt}
    assert {each.expected for each in late_on(MONDAY)} == {late}
    assert {each.expected for each in late_on(FIFTH)} == {late}
    assert Notice.objects.filter(kind="late").count() == 4
    to_council = Message.objects.filter(template="returns_late").order_by("pk")
    assert [each.facts["lines"][0]["number"] for each in to_council] == [2, 1, 1]
    assert {each.recipient_id for each in to_council} == {officer.pk}
    deliver()
    assert f"{collection.title}: 2" in mail.outbox[0].body
    assert str(late.establishment) not in mail.outbox[0].body


def test_who_is_late_is_not_written_twice_when_two_timers_run(collection):
    asked(collection)
    make_user("tracking_officer", collection.authority)
    assert remind(day=DUE)["listed"] == 1
    assert remind(day=DUE)["listed"] == 0
    assert Message.objects.filter(template="returns_late").count() == 1


def test_a_deadline_on_a_sunday_is_told_with_the_friday_before():
    collection = make_collection(due_on=date(2026, 11, 29), remind_days=[-9])
    asked(collection)

    remind(day=REMINDER_DAY)

    deliver()
    assert (
        "Sunday 29 November 2026. That is not a working day: the last working day before it is Friday 27"
        in (mail.outbox[0].body)
    )


def test_nudging_reminds_each_at_most_once_a_day(collection):
    first, _ = asked(collection)
    second, _ = asked(collection)
    nobody = expect(collection)
    officer = make_user("tracking_officer", collection.authority)

    assert nudge(expected=[first], by=officer) == 1
    assert nudge(expected=[first, second, nobody], by=officer) == 1
    assert Message.objects.filter(template="return_reminder").count() == 2


def test_one_colleague_is_told_that_work_was_handed_over(collection):
    expected, secretary = asked(collection)
    colleague = make_user("school_user", collection.authority, establishment=expected.establishment)

    tell(expected=[expected], kind=Notice.Kind.HANDED_OVER, on=REMINDER_DAY, to=colleague)

    assert {each.recipient_id for each in Message.objects.all()} == {colleague.pk}
    assert secretary.name not in str(Message.objects.get().facts)


def test_the_log_says_what_became_of_a_message_and_it_can_go_again(collection, assert_statements):
    expected, secretary = asked(collection)
    officer = make_user("tracking_officer", collection.authority)
    remind(day=REMINDER_DAY)
    notice = Notice.objects.get(kind="reminder")
    with pytest.raises(Refused, match="on its way"):
        resend(notice=notice, by=officer)
    deliver()
    secretary.last_login = "2026-11-20T15:00Z"
    secretary.save()

    with assert_statements(2):
        (line,) = written([expected])[expected.pk]
    assert (line.kind, line.to, line.state, line.may_go_again) == ("Reminder", secretary.name, "Sent", True)
    assert line.seen_at is not None

    resend(notice=notice, by=officer)
    deliver()
    assert len(mail.outbox) == 2
