"""A return with rows that wait for the council to say who they are."""

from datetime import date

from returns.intake.actions.applying import confirm
from returns.intake.matching import match_rows
from returns.intake.models import Intake, IntakeRow
from tests.factories import make_person, make_residence
from tests.returns.intake.ready import YEAR_START, looked_at, make_asked, make_intake
from tracking.models import YoungPerson

HOME = {"line_1": "12 Mill Lane", "town": "Northbury", "postcode": "ZZ10 1AB"}
ELLA = {
    "family_name": "Ashcroft", "given_name": "Ella", "date_of_birth": "2009-03-12", "gender": "F", "year_group": "12",
    "activity": "210", **HOME,
}  # fmt: skip
# Somebody of one name and birthday who lives elsewhere: moved, or another person.
TOM = {
    "family_name": "Okafor", "given_name": "Tom", "date_of_birth": "2009-06-01", "gender": "M", "year_group": "12",
    "activity": "210", "line_1": "3 Elm Road", "town": "Southbury", "postcode": "ZZ42 9XX",
}  # fmt: skip


def make_waiting(*, sent: bool = True) -> Intake:
    """Ella stands on the register twice and has a twin there; Tom has moved, or is not the Tom we know."""
    expected = make_asked()
    authority = expected.collection.authority
    for given_name in ("Ella", "Ella", "Harriet"):
        known = {"given_name": given_name, "family_name": "Ashcroft", "date_of_birth": date(2009, 3, 12)}
        make_residence(make_person(authority, **known), **HOME)
    tom = make_person(
        authority, given_name="Tom", family_name="Okafor", date_of_birth=date(2009, 6, 1), gender="M"
    )
    make_residence(tom, line_1="88 Station Road", town="Westbury", postcode="ZZ30 2CD")
    intake = make_intake(expected, ELLA, TOM, notice_issued_on=YEAR_START)
    match_rows(intake)
    return confirm(intake=looked_at(intake), by=None) if sent else intake


def row_of(intake: Intake, given_name: str) -> IntakeRow:
    """The row of this first name."""
    return intake.rows.select_related("intake").get(clean__given_name=given_name)


def people_called(given_name: str) -> list[YoungPerson]:
    """Everybody of this first name on the register."""
    return list(YoungPerson.objects.filter(given_name=given_name).order_by("pk"))
