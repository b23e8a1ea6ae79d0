"""Planning a collection, asking for it, closing it, and a return expected of one alone."""

from datetime import date

import pytest
from django.core import mail

from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from returns.calendar.actions.planning import (
    Plan,
    Refused,
    Sent,
    ad_hoc,
    change,
    close,
    plan,
    publish,
    reopen,
)
from returns.calendar.kinds import Kind
from returns.calendar.models import Collection, ExpectedReturn, Notice
from returns.calendar.queries.expected import audience
from tests.factories import make_authority, make_college, make_school, make_user
from tests.returns.calendar.factories import expect, make_collection, make_returns_contact

pytestmark = pytest.mark.django_db

AUTUMN = Plan(
    type="enrolment",
    title="Autumn enrolment",
    as_at=date(2026, 10, 1),
    opens_on=date(2026, 9, 14),
    due_on=date(2026, 11, 27),
    remind_days=(3, -7, 3),
)


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T09:00")


def test_plan_writes_it_into_the_year_and_tells_nobody():
    authority = make_authority()
    collection = plan(authority=authority, what=AUTUMN, by=make_user("tracking_officer", authority))

    assert (collection.academic_year, collection.remind_days) == (2026, [-7, 3])
    assert collection.published_at is None
    assert AuditEvent.objects.get(kind=Kind.PLANNED).counts == {"collection": collection.pk}


def test_plan_refuses_the_same_title_twice_in_a_year_and_a_deadline_before_the_opening():
    authority = make_authority()
    by = make_user("tracking_officer", authority)
    plan(authority=authority, what=AUTUMN, by=by)

    with pytest.raises(Refused, match="of this title"):
        plan(authority=authority, what=AUTUMN, by=by)
    with pytest.raises(Refused, match="on or after"):
        plan(
            authority=authority,
            what=Plan("enrolment", "X", AUTUMN.as_at, AUTUMN.due_on, AUTUMN.opens_on),
            by=by,
        )
    assert Collection.objects.count() == 1


def test_publish_asks_each_once_and_writes_without_a_name(assert_statements):
    collection = make_collection(published_at=None)
    by = make_user("tracking_officer", collection.authority)
    schools = [make_school(la_code=collection.authority.code) for _ in range(3)]
    secretary = make_user("school_user", collection.authority, establishment=schools[0])

    with assert_statements(18):
        assert publish(collection=collection, establishments=schools[:2], by=by) == 2
    assert publish(collection=collection, establishments=schools, by=by) == 1

    deliver()
    assert [each.to for each in mail.outbox] == [[secretary.email]]
    assert mail.outbox[0].subject == "A return is asked for by Friday 27 November 2026"
    assert secretary.name not in mail.outbox[0].body
    assert ExpectedReturn.objects.filter(collection=collection, noticed_at__isnull=True).count() == 2
    assert AuditEvent.objects.filter(kind=Kind.PUBLISHED).count() == 2


def test_a_school_without_an_account_is_written_to_through_its_contact():
    collection = make_collection(published_at=None)
    expected = expect(collection)
    make_returns_contact(expected)
    make_returns_contact(expected, name="Another")
    expected.delete()

    publish(collection=collection, establishments=[expected.establishment], by=None)

    deliver()
    assert [each.to for each in mail.outbox] == [["office@example.org"]]
    assert "has an account yet" in mail.outbox[0].body
    assert Notice.objects.get().to_user is None


def test_what_was_asked_for_keeps_its_kind_and_day():
    collection = make_collection()
    by = make_user("tracking_officer", collection.authority)
    later = Plan("enrolment", "Later", collection.as_at, collection.opens_on, date(2026, 12, 4))

    change(collection=collection, what=later, by=by)

    assert Collection.objects.get().due_on == date(2026, 12, 4)
    with pytest.raises(Refused, match="asked already"):
        change(
            collection=collection,
            what=Plan("leavers", "X", later.as_at, later.opens_on, later.due_on),
            by=by,
        )


def test_a_closed_collection_asks_nobody_until_it_is_opened_again():
    collection = make_collection()
    by = make_user("tracking_officer", collection.authority)
    school = make_school()
    close(collection=collection, by=by)

    with pytest.raises(Refused, match="closed"):
        publish(collection=collection, establishments=[school], by=by)
    reopen(collection=collection, by=by)
    assert publish(collection=collection, establishments=[school], by=by) == 1


def test_the_audience_are_those_who_can_have_sixteen_year_olds():
    collection = make_collection()
    code = collection.authority.code
    sixth_form = make_school(la_code=code, name="A")
    make_school(la_code=code, highest_year_group=11)
    make_school(la_code=code, closed_on=date(2025, 8, 31))
    make_school(la_code="999")
    college = make_college(la_code="998", name="B")
    make_returns_contact(expect(collection, college))

    assert list(audience(collection, ["school", "college"])) == [sixth_form, college]
    assert list(audience(collection, ["college"])) == [college]


def test_ad_hoc_finds_the_running_return_nearest_its_deadline():
    late, early = make_collection(due_on=date(2026, 12, 18)), None
    early = make_collection(late.authority, due_on=date(2026, 11, 27))
    school = make_school()
    expect(late, school)
    nearest = expect(early, school)

    sent = Sent(late.authority, school, "enrolment", date(2026, 11, 22))

    assert ad_hoc(sent=sent, title="Enrolment", by=None) == nearest


def test_ad_hoc_makes_one_for_whom_nothing_is_asked_and_only_one():
    authority, school = make_authority(), make_school()
    sent = Sent(authority, school, "enrolment", date(2026, 11, 22))

    first = ad_hoc(sent=sent, title="Enrolment", by=None)

    assert ad_hoc(sent=sent, title="Enrolment", by=None) == first
    assert first.collection.due_on == date(2026, 12, 6)
    assert first.collection.title == "Enrolment, as it comes (November 2026)"
