"""Inventing a school census for the small register: three schools, of whose pupils some are on no census and one cannot
be read; and last month's list of children missing education, in part explained."""

from collections.abc import Iterator
from datetime import timedelta

from neet.accounts.models import User
from returns.lists.actions import say_not_ours
from returns.lists.models import NotOurs
from returns.lists.queries import names_ticked
from returns.seeding.lists import SIZE, Bringing, Cells, who
from schools.models import Authority, Establishment
from tracking.seeding.actions import FIRST_CODE, Invention

SCHOOLS, NOT_NAMED = 3, 2
A_MONTH = timedelta(days=30)
# Nobody can be born on these days: such rows wait until somebody says who they are.
NO_DAYS = ("31/02/2011", "30/02/2012")


def invent_census(invention: Invention) -> None:
    """The autumn census of three schools, and last month's list of children missing education, explained."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    officer = User.objects.filter(memberships__role="mi_officer", memberships__authority=authority).earliest(
        "pk"
    )
    bring = Bringing(authority, officer, invention)
    bring.listed("census", ("DfE number",), _pupils(bring), is_whole=False)
    bring.day -= A_MONTH
    missing = bring.listed("missing_education", ("Situation",), _missing(), is_whole=True)
    rows = names_ticked(missing, ["2", "3"])
    say_not_ours(intake=missing, rows=rows[:1], reason=NotOurs.Reason.MOVED, why="To Scotland", by=officer)


def _pupils(bring: Bringing) -> Iterator[Cells]:
    schools = list(
        Establishment.objects.filter(kind="school", la_code=bring.authority.code).order_by("pk")[:SCHOOLS]
    )
    for school in schools:
        for person in bring.people.filter(situation__activity__establishment=school)[NOT_NAMED:]:
            yield *who(person), school.number
    yield "", "Ravensbourne", "Theo", NO_DAYS[0], schools[0].number


def _missing() -> list[Cells]:
    return [
        ("", "Quennell", "Asa", NO_DAYS[0], "On no school's roll"),
        ("", "Pettigrew", "Lowri", NO_DAYS[1], "Nobody knows where they are"),
    ]
