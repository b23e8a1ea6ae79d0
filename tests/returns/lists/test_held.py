"""Lists and the school census as the page sees them that asks whether everybody is here."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.intake.models import Intake, IntakeRow
from returns.lists.actions import say_as_before, say_not_ours
from returns.lists.held import census_of_school, census_shown, held_counts, newest_lists
from returns.lists.models import NotOurs
from returns.lists.queries import compared, educated_outside_school, names_ticked
from returns.lists.rules import NEW, NOT_LISTED
from schools.models import Authority, Establishment
from tests.factories import (
    make_activity,
    make_characteristic,
    make_list,
    make_row,
    make_school,
    make_user,
    sign_in,
)
from tests.returns.lists.conftest import DAY, WHO, Bring, row
from tracking.models import YoungPerson
from tracking.reconciling.held import HeldList, held_against
from tracking.register.refusals import NotPermitted, NotRight

TODAY = date(2026, 11, 23)
People = dict[str, YoungPerson]


def line_of(officer: User, authority: Authority, title: str) -> HeldList:
    held = held_against(officer, authority.pk, TODAY)
    return next(line for line in held.lists if line.title == title)


CARE = "Children in care and care leavers"


@pytest.fixture
def missing(authority: Authority) -> Callable[..., Intake]:
    """A list of children in care whose names nobody on the register goes by."""

    def made(*names: str, as_at: date = DAY, **fields: Any) -> Intake:
        found = make_list(authority, as_at=as_at, **fields)
        for number, name in enumerate(names, start=2):
            make_row(found, number=number, clean={
                "family_name": name, "given_name": "Ines", "date_of_birth": "2010-02-03", "care_status": "looked_after",
            })  # fmt: skip
        return found

    return made


def test_numbers_are_those_of_the_page_that_names_them(
    authority: Authority, officer: User, in_care: Intake, bring: Bring, people: People
) -> None:
    """Two kinds of lists at once, each counted as its own comparison counts."""
    make_activity(people["Cole"], "120", date(2025, 9, 1), verified_on=date(2026, 9, 1))
    home = bring("home_educated", f"{WHO},Since", row(people["Dale"], "01/09/2026"))
    found = list(newest_lists(authority.pk, ["looked_after", "home_educated"]))

    for intake in (in_care, home):
        theirs = compared(intake)
        one_by_one = Counter((each.part, bool(each.explained)) for each in theirs.found)
        if theirs.agreeing:
            one_by_one["agrees", False] = theirs.agreeing
        assert held_counts(found)[intake.pk] == one_by_one

    line = line_of(officer, authority, CARE)
    assert (line.names, line.on_register, line.missing, line.differs, line.not_listed) == (3, 2, 1, 1, 2)
    assert (line.sender, line.listed_on, line.is_settled) == ("Virtual school", DAY, False)


def test_a_name_is_explained_and_missing_no_more(
    authority: Authority, officer: User, missing: Callable[..., Intake]
) -> None:
    found = missing("Harcourt", "Ibsen", "Joyce")
    rows = names_ticked(found, ["2", "3", "99", "x"])
    assert [each.number for each in rows] == [2, 3]
    with pytest.raises(NotRight):
        say_not_ours(intake=found, rows=rows, reason="", by=officer)
    with pytest.raises(NotPermitted):
        say_not_ours(intake=found, rows=rows, reason="moved", by=make_user("caseworker", authority))
    assert not NotOurs.objects.exists()

    assert say_not_ours(intake=found, rows=rows, reason="moved", why="To Wales", by=officer) == 2
    assert say_not_ours(intake=found, rows=rows, reason="age", by=officer) == 0

    line = line_of(officer, authority, CARE)
    assert (line.names, line.missing, line.explained) == (3, 1, 2)
    assert [month for month in line.by_month if month[0] is not None] == [(1, date(2026, 11, 1))]
    assert {each.explained for each in compared(found).of(NEW, explained=True)} == {"Moved away. To Wales"}
    event = AuditEvent.objects.filter(kind="lists.names_not_on_the_register_explained").earliest("pk")
    assert event.counts == {"intake": found.pk, "names": 2}


def test_what_was_said_last_month_holds_again_only_where_it_is_asked_for(
    authority: Authority, officer: User, missing: Callable[..., Intake]
) -> None:
    before = missing("Harcourt", "Ibsen", as_at=date(2026, 10, 20))
    say_not_ours(intake=before, rows=names_ticked(before, ["2"]), reason="elsewhere", why="Essex", by=officer)
    now = missing("Ibsen", "HARCOURT", sender="16 plus team")
    assert len(compared(now).of(NEW)) == 2

    assert say_as_before(intake=now, rows=names_ticked(now, ["2", "3"]), by=officer) == 1

    said = NotOurs.objects.get(row__intake=now)
    assert (said.row.number, said.reason, said.why) == (3, "elsewhere", "Essex")
    held = held_against(officer, authority.pk, TODAY)
    ours = [line for line in held.lists if line.title == CARE]
    assert sorted((line.sender, line.missing) for line in ours) == [
        ("16 plus team", 1),
        ("Virtual school", 1),
    ]
    assert ours[0].by_month[-2:] == [(1, date(2026, 10, 1)), (1, date(2026, 11, 1))]


def test_whoever_is_found_later_needs_no_explanation(
    authority: Authority, officer: User, missing: Callable[..., Intake], people: People
) -> None:
    found = missing("Harcourt")
    say_not_ours(intake=found, rows=names_ticked(found, ["2"]), reason="moved", by=officer)

    IntakeRow.objects.filter(intake=found).update(person=people["Dale"])

    line = line_of(officer, authority, CARE)
    assert (line.missing, line.explained, line.on_register) == (0, 0, 1)


def test_educated_outside_school_tells_the_explained_from_the_missing(
    authority: Authority, officer: User
) -> None:
    listed = make_list(authority, type="home_educated", sender="EHE team")
    for number in (2, 3):
        make_row(listed, number=number, clean={"family_name": f"Name{number}"})
    say_not_ours(intake=listed, rows=names_ticked(listed, ["2"]), reason="age", by=officer)

    home = educated_outside_school(authority.pk, TODAY)[0]

    assert (home.listed, home.matched, home.explained, home.missing) == (2, 0, 1, 1)


def test_one_list_more_is_no_statement_more(
    client: Client, officer: User, missing: Callable[..., Intake], django_assert_max_num_queries: Any
) -> None:
    page, counts = sign_in(client, officer), set()
    for number in range(3):
        missing("Harcourt", sender=f"Team {number}")
        page.get(reverse("coverage"))
        with django_assert_max_num_queries(24) as taken:
            page.get(reverse("coverage"))
        counts.add(len(taken))
    assert len(counts) == 1


# --- the school census -----------------------------------------------------------------------------------------------
@pytest.fixture
def school(authority: Authority) -> Establishment:
    return make_school(name="Ambleford School", number="8864001", urn="118001")


@pytest.fixture
def census(authority: Authority, school: Establishment, people: People) -> Intake:
    """Ambler is at this school and on its census; Birch is on it and at another; Cole is at the school alone; one name
    is nobody's, and a second registration does not count."""
    other = make_school(name="Barton School", number="8864002", urn="118002")
    for name, place in (("Ambler", school), ("Birch", other), ("Cole", school), ("Dale", other)):
        make_activity(people[name], "220", date(2026, 9, 1), establishment=place)
    found = make_list(authority, type="census", sender="DfE", as_at=DAY)
    for number, (name, place) in enumerate(
        (("Ambler", "118001"), ("Birch", "886/4001"), ("Dale", "8864002")), 2
    ):
        make_row(found, number=number, person=people[name], clean={"place_number": place})
    make_row(found, number=5, clean={"family_name": "Eves", "given_name": "Eve", "place_number": "8864001"})
    make_row(
        found, number=6, person=people["Dale"], clean={"place_number": "8864001", "enrolled": "subsidiary"}
    )
    return found


def test_each_schools_census_is_held_against_the_register(
    authority: Authority, officer: User, census: Intake, school: Establishment, people: People
) -> None:
    old = make_list(authority, type="census", sender="DfE", as_at=date(2026, 5, 20))
    make_row(old, clean={"family_name": "Old", "place_number": "8864001"})

    ours, others = held_against(officer, authority.pk, TODAY).schools

    assert (ours.name, ours.listed_on, ours.names, ours.on_register) == ("Ambleford School", DAY, 3, 2)
    assert (ours.missing, ours.elsewhere, ours.not_listed) == (1, 1, 1)
    assert (others.names, others.missing, others.elsewhere, others.not_listed) == (1, 0, 0, 1)
    of_school = census_of_school(authority.pk, school.pk, TODAY)
    assert of_school is not None
    assert (of_school.ref, of_school.listed_on) == (census.ref, DAY)
    assert census_of_school(authority.pk, make_school().pk, TODAY) is None
    found = census_shown(officer, of_school.differing, TODAY)
    parts = {line.said.part: line.name.partition(",")[0] for line in found}
    assert parts == {NEW: "Eves", "elsewhere": "Birch", NOT_LISTED: "Cole"}
    assert "Barton School" in next(line.does for line in found if line.said.part == "elsewhere")


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_name_of_the_census_is_explained_on_the_page(
    client: Client, officer: User, census: Intake, school: Establishment, people: People
) -> None:
    people["Cole"].restricted_on, people["Cole"].restricted_reason = DAY, "Safety"
    people["Cole"].save()
    page = sign_in(client, officer)
    here = reverse("census_school", args=[school.pk])
    shown = text(page.get(here))
    assert "Eves, Eve" in shown
    assert "Birch" in shown
    assert "Cole" not in shown
    settle = reverse("settle_list", args=[census.ref, NEW])
    nothing = text(page.post(settle, {"act": "excuse"}, follow=True))
    assert "Select at least one" in nothing

    asked = text(page.post(settle, {"act": "excuse", "ticked": "5"}))
    assert "Why are they not on the register?" in asked
    refused = text(page.post(settle, {"act": "excuse", "ticked": "5", "sure": "yes"}))
    assert "Select why they are not on the register" in refused
    done = page.post(
        settle, {"act": "excuse", "ticked": "5", "sure": "yes", "reason": "twice", "why": ""}, follow=True
    )

    assert "Explained for 1 name." in text(done)
    assert "Named twice on the list" in text(done)
    assert "Named twice on the list" in text(page.get(here))
    assert (
        text(page.post(settle, {"act": "end", "ticked": "5", "sure": "yes"}, follow=True)).count("Eves") == 1
    )


def test_as_last_time_is_shown_before_it_is_done(
    client: Client, officer: User, missing: Callable[..., Intake]
) -> None:
    before = missing("Harcourt", as_at=date(2026, 10, 20))
    say_not_ours(intake=before, rows=names_ticked(before, ["2"]), reason="elsewhere", by=officer)
    now = missing("Harcourt", "Ibsen")
    page, settle = sign_in(client, officer), reverse("settle_list", args=[now.ref, NEW])
    assert "Another council is responsible" in text(page.get(reverse("list_compared", args=[now.ref, NEW])))

    assert "holds again" in text(page.post(settle, {"act": "again", "ticked": ["2", "3"]}))
    done = page.post(settle, {"act": "again", "ticked": ["2", "3"], "sure": "yes"}, follow=True)

    assert "Explained for 1 name, as last time." in text(done)


def test_whose_characteristic_a_list_says_nothing_of_is_counted_apart(
    authority: Authority, officer: User, people: People, bring: Bring
) -> None:
    make_characteristic(people["Ambler"], "EHCP", starts_on=date(2024, 1, 1))
    bring("plans", f"{WHO},Status", row(people["Birch"], "Plan in place"))

    line = next(
        each for each in held_against(officer, authority.pk, TODAY).lists if "plan" in each.title.lower()
    )

    assert (line.names, line.on_register, line.differs, line.not_listed) == (1, 1, 0, 1)
