"""Setting a year up, asking when a return opens, terms, and articles."""

from dataclasses import replace
from datetime import date

import pytest

from neet.audit.models import AuditEvent
from neet.messages.models import Message
from returns.calendar.actions.articles import change_article, mark_not_sent, mark_sent
from returns.calendar.actions.nightly import turn_of_day
from returns.calendar.actions.planning import ListSent, Plan, Refused, change, list_brought
from returns.calendar.actions.terms import move_off_holidays, save_terms
from returns.calendar.actions.year import set_up_year
from returns.calendar.kinds import Kind
from returns.calendar.models import Article, Collection, ExpectedReturn, Notice, SchoolTerm
from returns.calendar.queries.articles import facts_of, piece
from returns.calendar.queries.year import in_holidays, proposals
from tests.factories import make_authority, make_college, make_school, make_user
from tests.returns.calendar.rules.test_school_days import TERMS
from tracking.register.models import Task
from tracking.rules.return_calendar import RETURN_TYPES

pytestmark = pytest.mark.django_db
IN_AUGUST = date(2026, 8, 24)


@pytest.fixture(autouse=True)
def in_august(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-08-24T09:00")


@pytest.fixture
def authority():
    found = make_authority(name="Ambleshire", contact_name="Pat Data", contact_telephone="01632 960002")
    make_school(la_code=found.code, name="Sixth Form School", highest_year_group=13)
    make_school(la_code=found.code, name="School to 16", highest_year_group=11)
    make_school(la_code=found.code, name="Closed School", highest_year_group=13, closed_on=date(2025, 8, 31))
    make_college(la_code=found.code, name="Amble College")
    return found


@pytest.fixture
def officer(authority):
    return make_user("mi_officer", authority)


def at(monkeypatch, day):
    monkeypatch.setenv("DJANGO_NOW", f"{day:%Y-%m-%d}T09:00")


def wanted(authority, year=2026, on=IN_AUGUST):
    return [each.planned for each in proposals(authority, year, on, RETURN_TYPES) if each.is_wanted]


def set_up(authority, officer, year=2026, on=IN_AUGUST):
    return set_up_year(authority=authority, year=year, wanted=wanted(authority, year, on), by=officer)


def asked_of(pattern):
    return sorted(each.sent_by for each in ExpectedReturn.objects.filter(collection__pattern=pattern))


def test_a_year_is_made_once_with_whoever_is_asked(authority, officer):
    number = len(wanted(authority))

    assert set_up(authority, officer) == number == Collection.objects.count()
    assert set_up(authority, officer) == 0
    assert Collection.objects.count() == number
    assert set(Collection.objects.values_list("academic_year", flat=True)) == {2026}

    assert asked_of("enrolment_schools") == ["Sixth Form School"]
    assert asked_of("joiners_leavers_schools:10") == ["School to 16", "Sixth Form School"]
    assert asked_of("enrolment_colleges") == ["Amble College"]
    assert asked_of("list_looked_after:09") == ["Virtual school"]
    assert Collection.objects.filter(pattern__startswith="joiners_leavers_schools").count() == 8

    events = AuditEvent.objects.filter(kind=Kind.YEAR_SET_UP).order_by("pk")
    assert [each.counts["returns"] for each in events] == [number, 0]


def test_nobody_hears_of_a_return_before_the_day_it_opens(authority, officer, monkeypatch):
    school = ExpectedReturn.objects.none()
    set_up(authority, officer)
    sixth_form = authority_school(authority)
    teacher = make_user("school_user", authority, establishment=sixth_form)
    school = ExpectedReturn.objects.visible_to(teacher)

    assert not Message.objects.exists()
    assert not school.exists()

    at(monkeypatch, date(2026, 9, 1))
    late_comer = make_school(la_code=authority.code, name="New School", highest_year_group=13)
    turn_of_day(day=date(2026, 9, 1))
    turn_of_day(day=date(2026, 9, 1))

    assert [each.collection.pattern for each in school] == ["enrolment_schools"]
    assert asked_of("enrolment_schools") == ["New School", "Sixth Form School"]
    assert Notice.objects.filter(kind=Notice.Kind.ISSUED, to_user=teacher).count() == 1
    assert ExpectedReturn.objects.filter(establishment=late_comer).count() == 1


def authority_school(authority):
    return ExpectedReturn.objects.get(collection__pattern="enrolment_schools").establishment


def test_what_is_open_already_is_asked_for_at_once_and_what_is_over_is_left_out(
    authority, officer, monkeypatch
):
    on = date(2026, 11, 22)
    at(monkeypatch, on)

    set_up(authority, officer, on=on)

    assert not Collection.objects.filter(due_on__lt=on).exists()
    asked = Collection.objects.filter(published_at__isnull=False).values_list("pattern", flat=True)
    assert set(asked) == {"joiners_leavers_colleges:11", "joiners_leavers_schools:11"}


def test_next_year_keeps_what_was_changed_by_hand_and_leaves_out_what_was_left_out(authority, officer):
    first = [each for each in wanted(authority) if each.line.code != "potential_neet"]
    set_up_year(authority=authority, year=2026, wanted=first, by=officer)
    moved = Collection.objects.get(pattern="enrolment_schools")
    what = Plan(moved.type, moved.title, moved.as_at, moved.opens_on, date(2026, 9, 15), (-5,))
    change(collection=moved, what=what, by=officer)

    found = {each.planned.key: each for each in proposals(authority, 2027, IN_AUGUST, RETURN_TYPES)}

    assert found["enrolment_schools"].planned.due_on == date(2027, 9, 14)
    assert found["enrolment_schools"].planned.remind_days == (-5,)
    assert found["enrolment_schools"].is_as_before
    assert not found["enrolment_colleges"].is_as_before
    assert found["enrolment_colleges"].is_wanted
    assert not found["potential_neet"].is_wanted


def test_changing_a_list_that_tells_of_august_keeps_its_year(authority, officer):
    set_up(authority, officer)
    september = Collection.objects.get(pattern="list_looked_after:09")
    assert september.as_at == date(2026, 8, 31)

    what = Plan(september.type, september.title, september.as_at, september.opens_on, date(2026, 9, 9))
    change(collection=september, what=what, by=officer)

    assert Collection.objects.get(pk=september.pk).academic_year == 2026


def test_what_was_over_when_the_year_was_set_up_was_not_left_out(authority, officer, monkeypatch):
    on = date(2026, 11, 22)
    at(monkeypatch, on)
    set_up(authority, officer, on=on)

    found = {each.planned.key: each for each in proposals(authority, 2027, on, RETURN_TYPES)}

    assert found["enrolment_schools"].is_wanted
    assert found["joiners_leavers_schools:10"].is_wanted


def test_a_return_planned_by_hand_for_the_month_is_not_wanted_twice(authority, officer):
    (first, *_) = [each for each in wanted(authority) if each.key == "enrolment_schools"]
    Collection.objects.create(
        authority=authority, type="enrolment", title=first.title, academic_year=2026, as_at=first.as_at,
        opens_on=first.opens_on, due_on=first.due_on,
    )  # fmt: skip

    assert "enrolment_schools" not in [each.key for each in wanted(authority)]
    set_up_year(authority=authority, year=2026, wanted=[first], by=officer)

    assert Collection.objects.get(pattern="enrolment_schools").title == f"{first.title} (calendar)"


def test_a_list_that_is_brought_in_answers_what_the_calendar_asks_its_sender_for(
    authority, officer, monkeypatch
):
    set_up(authority, officer)
    at(monkeypatch, date(2026, 9, 3))
    turn_of_day(day=date(2026, 9, 3))
    sent = ListSent(authority, "Virtual school", "looked_after", date(2026, 9, 2), is_complete=True)

    found = list_brought(sent=sent, title="Looked after", by=officer)
    other = list_brought(sent=replace(sent, sender="16 plus team"), title="Looked after", by=officer)

    assert (found.collection.pattern, found.collection.as_at) == ("list_looked_after:09", date(2026, 9, 2))
    assert found.is_complete
    assert other.collection.pattern == Collection.AS_IT_COMES
    assert list_brought(sent=sent, title="Looked after", by=officer) == found


def test_terms_entered_later_move_what_nobody_was_asked_for(authority, officer, monkeypatch):
    set_up(authority, officer)
    assert Collection.objects.get(pattern="joiners_leavers_schools:12").due_on == date(2026, 12, 31)

    save_terms(authority=authority, year=2026, terms=TERMS, by=officer)
    hit = in_holidays(authority, 2026, IN_AUGUST)
    moved = move_off_holidays(authority=authority, year=2026, by=officer)

    assert moved == len(hit) > 0
    assert Collection.objects.get(pattern="joiners_leavers_schools:12").due_on == date(2026, 12, 18)
    assert Collection.objects.get(pattern="offers_colleges:08").due_on == date(2027, 8, 31)
    assert in_holidays(authority, 2026, IN_AUGUST) == []
    save_terms(authority=authority, year=2026, terms=TERMS[:2], by=officer)
    assert SchoolTerm.objects.count() == 2
    kinds = AuditEvent.objects.filter(kind__in=[Kind.TERMS_SAVED, Kind.MOVED_OFF_HOLIDAYS])
    assert kinds.count() == 3


def test_articles_follow_the_calendar_until_they_are_sent(authority, officer):
    set_up(authority, officer)
    article = Article.objects.get(pattern="article_enrolment")
    task = Task.objects.get(kind="article", cause=f"article:{article.pk}")
    assert (article.due_on, task.due_on, task.person) == (date(2026, 9, 4), date(2026, 9, 4), None)

    before = piece(article, facts_of(authority, 2026), IN_AUGUST)
    assert "Schools send it by Friday 11 September 2026, colleges by Friday 25 September 2026" in before.text
    assert "Ambleshire" in before.text
    assert "01632 960002" in before.text

    words = "By {enrolment_schools}. {offers_colleges}"
    change_article(article=article, title="Lists", words=words, due_on=date(2026, 9, 7), by=officer)
    mark_sent(article=article, on=IN_AUGUST, by=officer)
    Collection.objects.filter(pattern="enrolment_schools").update(due_on=date(2026, 9, 18))

    sent = piece(Article.objects.get(pk=article.pk), facts_of(authority, 2026), IN_AUGUST)
    assert sent.text == "By Friday 11 September 2026. 28 May, 30 June, 30 July and 31 August 2027"
    task.refresh_from_db()
    assert (task.due_on, task.done_by, task.outcome) == (date(2026, 9, 7), officer, "Sent")

    mark_not_sent(article=article, by=officer)
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize(
    ("words", "due_on", "why"),
    [
        ("By {enrollment}", date(2026, 9, 7), "Nothing is filled in for {enrollment}"),
        ("By {enrolment_schools", date(2026, 9, 7), "each { needs its }"),
        ("Now", date(2027, 9, 7), "must lie in the school year"),
    ],
)
def test_an_article_that_could_not_be_sent_is_refused(authority, officer, words, due_on, why):
    set_up(authority, officer)
    article = Article.objects.get(pattern="article_enrolment")

    with pytest.raises(Refused, match=why.replace("{", r"\{").replace("}", r"\}")):
        change_article(article=article, title="Lists", words=words, due_on=due_on, by=officer)


def test_the_same_number_of_statements_for_one_school_and_for_many(
    authority, officer, django_assert_max_num_queries
):
    for number in range(30):
        make_school(la_code=authority.code, name=f"School {number}", highest_year_group=13)
    planned = wanted(authority)

    with django_assert_max_num_queries(32):
        set_up_year(authority=authority, year=2026, wanted=planned, by=officer)
