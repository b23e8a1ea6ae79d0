"""Inventing the returns of the small register: asked for, sent, late, half mended, doubtful, nil and due next week."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.db.models import Q

from neet.accounts.models import User
from neet.files.actions import store
from neet.working_days import on_or_before
from returns.calendar.actions.answering import declare_nil, extend, waive
from returns.calendar.actions.nightly import remind
from returns.calendar.actions.planning import Plan, plan, publish
from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.expected import audience
from returns.calendar.queries.recipients import RETURNING
from returns.intake.actions.applying import accept, confirm
from returns.intake.actions.checking import check
from returns.intake.actions.mending import fix_cell
from returns.intake.actions.receiving import begin_on_page, begin_with_file
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, Problem
from returns.intake.queries.expected import Whose, expected_pupils
from returns.intake.queries.presets import presets
from returns.seeding.sheets import Slips, as_csv, sheet
from returns.seeding.telling import tell_earlier
from returns.seeding.year import year_set_up
from schools.models import Authority, Establishment, Membership
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
ENROLMENT = "enrolment"
KINDS = ("school", "special", "sixth_form_college", "college", "special_college", "provider")
DAYS_OPEN, DAYS_LATE, DAYS_AHEAD = 28, 9, 7
FEWEST, MOST_ON_FILE = 12, 120


@dataclass(frozen=True)
class Stage:
    """What the inventing of one establishment's return needs."""

    expected: ExpectedReturn
    rng: Random
    officer: User
    on: date

    @property
    def by(self) -> User:
        """Somebody who works there, else the officer who brings it in."""
        held = Membership.objects.filter(establishment=self.expected.establishment, user__is_active=True)
        found = held.order_by("pk").select_related("user").first()
        return found.user if found else self.officer

    @property
    def channel(self) -> str:
        return Intake.Channel.OFFICER if self.by == self.officer else Intake.Channel.FILE


def invent_returns(invention: Invention) -> None:
    """Returns for the small register, by the very actions that pages use; the same dice give the same ones.

    The first school's secretary finds a file half mended, the second one's waits for the council, and so on down the
    list: one establishment for every state of the board, those left over have not answered and are late.
    """
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    officer = User.objects.filter(
        memberships__role="tracking_officer", memberships__authority=authority
    ).earliest("pk")
    autumn, later = _asked_for(authority, officer, invention.on)
    dice = f"{invention.seed} {invention.on} returns"
    found = autumn.expected.order_by("establishment__kind", "establishment_id").select_related(
        "collection__authority", "establishment"
    )
    full = [each for each in found if len(there(each)) >= FEWEST]
    schools = [each for each in full if _place_of(each).kind == "school"]
    others = [each for each in full if _place_of(each).kind != "school"]
    for expected, happens in [*zip(schools, OF_SCHOOLS, strict=False), *zip(others, OF_OTHERS, strict=False)]:
        happens(Stage(expected, Random(f"{dice} {_place_of(expected).number}"), officer, invention.on))
    for expected in [each for each in found if each not in full][:1]:
        not_asked(Stage(expected, Random(dice), officer, invention.on))
    for days in (-3, 0, 3):
        remind(day=on_or_before(autumn.due_on + timedelta(days=days)))
    opened = year_set_up(authority, officer, invention.on)
    tell_earlier(autumn, later, *opened)


def _asked_for(authority: Authority, officer: User, on: date) -> tuple[Collection, Collection]:
    """One return that is just overdue, and one that is due next week."""
    due = on_or_before(on - timedelta(days=DAYS_LATE))
    as_at = due - timedelta(days=DAYS_OPEN)
    first = Plan(ENROLMENT, f"Post-16 enrolment, {as_at:%B %Y}", as_at, as_at, due, (-10, -3, 3))
    soon = on_or_before(on + timedelta(days=DAYS_AHEAD))
    second = Plan(ENROLMENT, "Late starters since half term", on, on - timedelta(days=2), soon, (-3, 1))
    with_accounts = Membership.objects.filter(role__in=RETURNING, authority=authority).values("establishment")
    made = []
    for what, narrowed in ((first, Q()), (second, Q(pk__in=with_accounts))):
        collection = plan(authority=authority, what=what, by=officer)
        places = audience(collection, KINDS).filter(narrowed)
        publish(collection=collection, establishments=list(places), by=officer)
        made.append(collection)
    return made[0], made[1]


# --- what happens to one establishment's return ------------------------------------------------------
def _place_of(expected: ExpectedReturn) -> Establishment:
    """Whose answer it is: what is planned here is asked of establishments only."""
    assert expected.establishment is not None
    return expected.establishment


def there(expected: ExpectedReturn) -> list[int]:
    """Whom the register has there, as many as a file of a demonstration holds."""
    return [each.person_id for each in expected_pupils(Whose.asked_of(expected)) if not each.is_leaver][
        :MOST_ON_FILE
    ]


def checked(stage: Stage, slips: Slips) -> Intake:
    """Its file came in and was checked."""
    expected = stage.expected
    place, collection, layout = _place_of(expected), expected.collection, LAYOUTS[ENROLMENT]
    found = presets(there(expected), layout, establishment_id=place.pk, on=collection.as_at)
    years = {str(year) for year in layout.year_groups}
    known = [row.values for row in found if row.values.get("year_group") in years]
    rows = sheet(stage.rng, known, slips, collection.as_at)
    name = f"{collection.authority.code}{place.number[3:]}SchoolPost16Enrolment.csv"
    file = store(
        source=[as_csv(layout, rows)],
        name=name,
        purpose="return",
        by=stage.by,
        authority_id=collection.authority_id,
    )
    intake = begin_with_file(expected=expected, file=file, by=stage.by, channel=stage.channel)
    intake.notice_issued_on = collection.as_at
    intake.save(update_fields=["notice_issued_on"])
    return check(intake=intake, by=stage.by)


def sent(stage: Stage, slips: Slips | None = None) -> Intake:
    """It was sent, and waits for the council."""
    return confirm(intake=checked(stage, slips or Slips(gone=2, new=2)), by=stage.by)


def accepted(stage: Stage) -> None:
    """The council accepted it."""
    accept(intake=sent(stage), by=stage.officer)


def in_doubt(stage: Stage) -> None:
    """Sent, with rows of which nobody knows who they are."""
    sent(stage, Slips(gone=3, new=2, doubtful=5))


def half_mended(stage: Stage) -> None:
    """Mistakes, of which its sender has mended one."""
    intake = checked(stage, Slips(gone=4, new=2, wrong=5))
    stops = Problem.objects.filter(
        intake=intake, column="date_of_birth", severity=Problem.Severity.ERROR, row__isnull=False
    ).select_related("row")
    problem = stops.order_by("row__number").last()
    if problem is not None and problem.row is not None:
        fix_cell(row=problem.row, column="date_of_birth", value="28/02/2009", by=stage.by)


def nothing(stage: Stage) -> None:
    """It has nothing to return."""
    declare_nil(expected=stage.expected, by=stage.by)


def begun(stage: Stage) -> None:
    """Begun on the page and left."""
    begin_on_page(expected=stage.expected, by=stage.by)


def given_time(stage: Stage) -> None:
    """It has until next week."""
    extend(expected=stage.expected, to=on_or_before(stage.on + timedelta(days=DAYS_AHEAD)), by=stage.officer)


def not_asked(stage: Stage) -> None:
    """The council asks no more."""
    waive(expected=stage.expected, why="Sends its students' names with the college", by=stage.officer)


Happening = Callable[[Stage], object]
OF_SCHOOLS: tuple[Happening, ...] = (half_mended, sent, in_doubt, accepted, nothing)
OF_OTHERS: tuple[Happening, ...] = (given_time, accepted, begun)
