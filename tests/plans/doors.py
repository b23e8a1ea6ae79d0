"""The pages and pieces of work of one council that are asked for most, as people and timers ask for them.

Used by the kept plans (test_plans.py) and by the measurement at England's size (tests/bench/england.py).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse

from caseload.allocation.actions import open_month
from neet import clock
from neet.accounts.models import User
from neet.audit.sealing import seal_events
from neet.files.actions import store
from neet.files.writers import csv_chunks
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.handing import record_notice
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from returns.nccis.actions import Month, build_file, check_month
from schools.models import Authority, Establishment, Membership
from tests.factories import make_collection, make_expected, make_school, sign_in
from tests.returns.intake._sent import sent
from tracking.figures.actions import Month as FiguresMonth
from tracking.figures.actions import freeze
from tracking.figures.queries.scorecard import standing_freezes
from tracking.register.actions.nightly import sweep
from tracking.register.models import YoungPerson
from tracking.rights.queries.gathering import gathered
from tracking.rules.academic_year import birth_range

Door = Callable[[int], object]
ROWS = 250
HEADINGS = (
    *("Surname", "Forename", "DOB", "Gender", "UPN", "ULN", "Address line 1", "Town", "Postcode"),
    *("Activity", "Start date"),
)
COLUMNS = (
    *("family_name", "given_name", "date_of_birth", "gender", "upn", "uln", "line_1", "town", "postcode"),
)


@dataclass(frozen=True)
class Council:
    """The council that is looked at, and whom its pages are about."""

    authority: Authority
    officer: User
    analyst: User
    people: list[YoungPerson]

    @classmethod
    def found(cls, code: str = "886", people: int = 60) -> "Council":
        """The first of the invented councils."""
        authority = Authority.objects.get(code=code)
        some = YoungPerson.objects.filter(authority=authority, cohort_status="P", restricted_on=None)
        held = Membership.objects.select_related("user").filter(authority=authority).order_by("pk")
        return cls(
            authority,
            held.filter(role="tracking_officer")[0].user,
            held.filter(role="mi_officer")[0].user,
            list(some.exclude(upn="").order_by("ref")[:people]),
        )

    def someone(self, number: int) -> YoungPerson:
        return self.people[number % len(self.people)]


def pages(council: Council) -> Mapping[str, Door]:
    """A whole page each, by number: another person, another word."""
    officer, analyst = sign_in(Client(), council.officer), sign_in(Client(), council.analyst)
    school = Establishment.objects.filter(la_code=council.authority.code, kind="school").earliest("pk").pk

    def page(client: Client, name: str, query: str = "") -> Door:
        return lambda _: answered(client.get(f"{reverse(name)}{query}", follow=True))

    def search(words: Callable[[YoungPerson], str]) -> Door:
        return lambda number: answered(
            officer.post(reverse("search"), {"words": words(council.someone(number))}, follow=True)
        )

    return {
        "home": page(officer, "home"),
        "home, what waits": page(officer, "home_beside"),
        "search by surname": search(lambda person: person.family_name),
        "search by both names, misspelt": search(
            lambda person: f"{person.given_name} {person.family_name[:2]}{person.family_name[3:]}"
        ),
        "search by number": search(lambda person: person.upn),
        "list": page(officer, "register"),
        "list of a school": page(officer, "register", f"?school={school}"),
        "list of who is NEET": page(officer, "register", "?status=NEET"),
        "record": lambda number: answered(officer.get(reverse("person", args=[council.someone(number).ref]))),
        "tasks": page(officer, "tasks"),
        "calls": page(officer, "calls"),
        "cases": page(officer, "cases"),
        "returns board": page(officer, "returns_board"),
        "queue of matches": page(analyst, "matches"),
        "guarantee board": page(officer, "guarantee"),
        "guarantee, its people": page(officer, "guarantee_people"),
        "scorecard": page(analyst, "figures"),
        "this month": page(analyst, "this_month"),
    }


def answered(response: object) -> None:
    assert response.status_code == 200, response.status_code


def works(council: Council) -> Mapping[str, Callable[[], object]]:
    """What jobs and timers do, in the order they may be done in."""
    authority, by = council.authority, council.analyst
    ends_on = standing_freezes(authority.pk)[0].month
    month = Month(authority, ends_on)
    sent_in, intakes = a_file(council), list[Intake]()
    return {
        "month of cases opened": lambda: open_month(authority=authority, month=ends_on, by=council.officer),
        "freeze": lambda: freeze(month=FiguresMonth(authority.pk, ends_on), by=by),
        "check of the month": lambda: check_month(month=month, by=by),
        "the month's file": lambda: build_file(month=month, by=by),
        "return brought in": lambda: intakes.append(brought_in(*sent_in)),
        "return checked": lambda: check(intake=intakes[0], by=None),
        "return taken over": lambda: take_over(intakes[0]),
        "copy of what is held of somebody": lambda: gathered(council.someone(0), clock.today()),
    }


def house() -> Mapping[str, Callable[[], object]]:
    """What is done once for all councils, after their works: it grows with the house, and no council waits for it."""
    return {"trail sealed": seal_events, "night": lambda: sweep(day=clock.today())}


def a_return(council: Council) -> Intake:
    return brought_in(*a_file(council))


def brought_in(expected: ExpectedReturn, content: bytes) -> Intake:
    file = store(source=[content], name="enrolment.csv", purpose="return", by=None, authority_id=None)
    return begin_with_file(expected=expected, file=file, by=None)


def in_doubt(council: Council, count: int) -> None:
    """A return of so many rows full of mistakes, taken over: its doubts lie in the queue of matches."""
    intake = brought_in(*a_file(council, count, "messy"))
    check(intake=intake, by=None)
    take_over(intake)


def a_file(council: Council, count: int = ROWS, mix: str = "school") -> tuple[ExpectedReturn, bytes]:
    """So many rows about the council's people, with the mistakes real ones have, for a school of theirs."""
    on = clock.today()
    asked = make_collection(council.authority, as_at=on, opens_on=on - timedelta(days=7), due_on=on)
    school = make_school(la_code=council.authority.code)  # a new one, so nobody is missing on its file
    born = birth_range(17, on)[0], birth_range(16, on)[1]
    of_age = YoungPerson.objects.filter(authority=council.authority, date_of_birth__range=born).exclude(
        upn=""
    )
    among = list(of_age.order_by("pk").values_list("pk", flat=True)[: count * 4])
    rows = sent(mix, 1, min(count, len(among)), council.authority.pk, among).rows
    content = b"".join(csv_chunks(HEADINGS, [line_of(each, on - timedelta(days=7)) for each in rows]))
    return make_expected(school, asked), content


def line_of(each: Mapping[str, str], started: date) -> tuple[str, ...]:
    return (*(each.get(column) or "" for column in COLUMNS), "A levels", f"{started:%d/%m/%Y}")


def take_over(intake: Intake) -> object:
    """The families had their notice, so it goes into the register."""
    record_notice(intake=intake, issued_on=clock.today(), by=None)
    intake.refresh_from_db()
    return confirm(intake=intake, by=None)
