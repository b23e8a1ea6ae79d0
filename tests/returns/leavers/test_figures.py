"""What is said of schools and colleges: in time, without mistakes, and of how many of their leavers they told us."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from returns.leavers.actions import tell_of_leaver
from returns.leavers.queries.feedback import rows_for
from returns.leavers.queries.providers import Provider, providers, spans
from returns.leavers.rules.figures import Figures, what_would_help
from returns.leavers.shown import shown
from returns.leavers.statements import Leaving
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_authority,
    make_collection,
    make_college,
    make_expected,
    make_objection,
    make_person,
    make_user,
    seed_reference,
    sign_in,
)
from tracking.models import Consent, YoungPerson

FIRST, TODAY = date(2026, 9, 1), date(2026, 11, 18)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-18T10:00")


@pytest.fixture
def authority(db: None) -> Authority:
    seed_reference()
    return make_authority()


@pytest.fixture
def college(authority: Authority) -> Establishment:
    return make_college(name="Wick College", la_code=authority.code)


def student(place: Establishment, authority: Authority, **ended: Any) -> YoungPerson:
    person = make_person(authority)
    make_activity(person, "230", FIRST, establishment=place, verified_on=FIRST, **ended)
    return person


def a_term(authority: Authority, college: Establishment) -> list[YoungPerson]:
    """Two leavers they told us of, one found otherwise, one at the end of the course, one who only changed course."""
    told = [student(college, authority) for _ in range(2)]
    found = student(college, authority, ends_on=date(2026, 10, 20), leaving_reason="health")
    student(college, authority, ends_on=date(2026, 11, 6), predicted_end_on=date(2026, 11, 6))
    changed = student(college, authority, ends_on=date(2026, 10, 30))
    make_activity(changed, "250", date(2026, 10, 31), establishment=college)
    officer = make_user("tracking_officer", authority)
    for person, last_day, reason in zip(told, (4, 14), ("work", "not_said"), strict=True):
        leaving = Leaving(person, college, date(2026, 11, last_day), reason, doing="330")
        tell_of_leaver(leaving=leaving, by=officer)
    for due, sent in ((9, 8), (9, 13), (30, None)):
        asked = make_collection(authority, due_on=date(2026, 10, due))
        at = datetime(2026, 10, sent, 9, tzinfo=UTC) if sent else None
        make_expected(college, asked, sent_at=at)
    make_expected(college, make_collection(authority, due_on=date(2026, 11, 30)))
    return [*told, found]


def test_leavers_told_of_are_held_against_those_who_left(
    authority: Authority, college: Establishment, django_assert_max_num_queries: Any
) -> None:
    a_term(authority, college)

    with django_assert_max_num_queries(4):
        [line] = providers([authority.pk], spans(TODAY)["year"][1])

    assert line.figures == Figures(
        asked=3, on_time=1, late=1, missing=1, rows=2, mend=0, there=5, left=3, told=2, with_reason=3, days=9
    )
    assert providers([make_authority().pk], spans(TODAY)["year"][1]) == []


def test_what_became_of_them_names_only_who_agreed(authority: Authority, college: Establishment) -> None:
    told, objects, _ = a_term(authority, college)
    for each in (told, objects):
        Consent.objects.create(
            person=each, purpose="school_feedback", wording="2026", given_on=FIRST, channel="survey"
        )
    make_objection(objects)

    became = rows_for(college, authority, FIRST)

    assert became.told == 2
    assert became.counts["In learning or work"] == "not shown"
    assert [(each.person_id, each.reason, each.doing) for each in became.named] == [
        (told.pk, "Began work", "Working full time, no training")
    ]


def test_who_sees_no_records_sees_no_small_numbers(
    authority: Authority, college: Establishment, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, *_ = a_term(authority, college)
    officer, manager = (
        sign_in(Client(), make_user(role, authority)) for role in ("tracking_officer", "manager")
    )
    theirs = sign_in(Client(), make_user("college_user", authority, establishment=college))

    full = officer.get("/leavers/figures/?sort=-notified").content.decode()
    while_it_lasts = manager.get("/leavers/figures/").content.decode()
    monkeypatch.setenv("DJANGO_NOW", "2027-09-10T10:00")
    cut = sign_in(Client(), make_user("manager", authority)).get("/leavers/figures/?period=last_year")
    cut = cut.content.decode()
    monkeypatch.setenv("DJANGO_NOW", "2026-11-18T10:00")
    own = theirs.get("/leavers/own/").content.decode()

    assert "2 of 3" in full
    assert "2 of 3" not in cut
    assert "not shown" in cut
    assert "Were there" not in while_it_lasts
    assert "shown here once the school year is over" in while_it_lasts
    assert "2 of 3" in own
    assert "Send what is missing" in own
    assert told.family_name not in own


@pytest.mark.parametrize(
    ("figures", "begins"),
    [
        (Figures(on_time=1, missing=1), "Send what is missing"),
        (Figures(left=10, told=7), "Tell us of each leaver"),
        (Figures(left=10, told=10, with_reason=10, days=15), "Tell us sooner"),
        (Figures(left=10, told=10, with_reason=7, days=14), "Say why they left"),
        (Figures(rows=100, mend=6), "Begin with our file"),
        (Figures(on_time=1, late=1), "Send by the day"),
        (Figures(on_time=1), "Nothing"),
    ],
)
def test_one_line_says_what_would_help_most(figures: Figures, begins: str) -> None:
    assert what_would_help(figures).startswith(begins)


def test_a_rest_of_fewer_than_five_is_not_told_by_its_share() -> None:
    line = Provider(
        1, "Wick College", "College", Figures(there=200, left=20, told=17, with_reason=10, days=3)
    )

    assert (shown(line, hides=True).notified, shown(line, hides=True).reasons) == ("not shown", "50%")
    assert shown(line).notified == "85%"
