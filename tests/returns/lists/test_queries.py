"""Which lists were brought in, and what they make of the register."""

from datetime import date

from neet.accounts.models import User
from returns.intake.models import Intake
from returns.lists.queries import educated_outside_school, list_lines
from schools.models import Authority
from tests.factories import make_activity, make_person
from tests.returns.lists.conftest import WHO, Bring, row

TODAY = date(2026, 11, 23)


def test_the_last_match_of_each_list_with_its_counts(officer: User, in_care: Intake) -> None:
    lines = {line.layout.type: line for line in list_lines(officer)}

    found = lines["looked_after"]
    assert (found.newest, found.rows, found.matched, found.not_matched) == (in_care, 3, 2, 1)
    assert lines["census"].newest is None
    assert not lines["census"].may_be_compared


def test_children_outside_school_are_counted_by_situation(authority: Authority, bring: Bring) -> None:
    """One is known, one is new, one could not be read; a third the register has at home is on no list."""
    known, other = (make_person(authority, date_of_birth=date(2012, 5, 1 + each)) for each in range(2))
    make_activity(other, "120", date(2025, 9, 1), verified_on=date(2026, 9, 1))
    bring("home_educated", f"{WHO},Since", row(known, "01/09/2026"), ",Eves,Eve,31/02/2012,01/09/2026")
    bring("missing_education", f"{WHO},Situation", ",Fox,Finn,04/05/2012,Hospital school")

    found = {each.words: each for each in educated_outside_school(authority.pk, TODAY)}

    home = found["Taught at home"]
    assert (home.listed, home.matched, home.missing, home.on_register) == (2, 1, 1, 2)
    hospital = found["In hospital"]
    assert (hospital.listed, hospital.matched, hospital.on_register) == (1, 1, None)
