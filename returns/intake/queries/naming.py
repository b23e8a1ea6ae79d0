"""What a file's name makes us ask; its contents decide."""

from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.rules.found import Found
from returns.intake.rules.naming import Expects, ask_about_name, read_name
from schools.models import Establishment


def asked_about_name(intake: Intake) -> list[Found]:
    """Questions about the name of a return's file (R6 to R9); one statement at most."""
    if intake.file is None:
        return []
    named = read_name(intake.file.name, LAYOUTS.values())
    known = dict(Establishment.objects.filter(number=named.number).values_list("number", "name"))
    return ask_about_name(named, expects_of(intake), known if named.number else {})


def expects_of(intake: Intake) -> Expects:
    """What the name of this return's file should say."""
    place = intake.establishment
    return Expects(
        la=intake.authority.code,
        number=place.number,
        short_code=place.short_code,
        name=place.name,
        layout=LAYOUTS[intake.type],
        academic_year=intake.expected.collection.academic_year,
    )
