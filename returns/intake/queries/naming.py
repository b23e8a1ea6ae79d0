"""What a file's name and the first line of our own template make us ask; its contents decide."""

from dataclasses import replace

from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.rules.found import Found
from returns.intake.rules.naming import (
    Expects,
    ask_about_name,
    ask_about_title,
    month_of,
    read_name,
    read_title,
)
from returns.intake.rules.recognising import is_clearly, layouts_from
from schools.models import Establishment


def asked_about_name(intake: Intake) -> list[Found]:
    """Questions about the name of a return's file (R6 to R9) and about its first line; one statement at most."""
    if intake.file is None or intake.establishment is None:
        return []
    named, expected = read_name(intake.file.name, LAYOUTS.values()), expects_of(intake)
    known = dict(Establishment.objects.filter(number=named.number).values_list("number", "name"))
    if is_clearly(expected.layout, layouts_from(intake.kind_of_place), intake.columns):
        named = replace(named, type="")  # what it is called only helps where its columns do not tell
    asked = ask_about_name(named, expected, known if named.number else {})
    kinds = {each.kind for each in asked}
    return asked + [each for each in _asked_about_title(intake, expected) if each.kind not in kinds]


def _asked_about_title(intake: Intake, expected: Expects) -> list[Found]:
    titled = read_title(intake.title, LAYOUTS.values())
    return ask_about_title(titled, expected, LAYOUTS[titled.type].title) if titled else []


def expects_of(intake: Intake) -> Expects:
    """What the name of this return's file should say."""
    place = intake.establishment
    assert place is not None
    return Expects(
        la=intake.authority.code,
        number=place.number,
        short_code=place.short_code,
        name=place.name,
        layout=LAYOUTS[intake.type],
        academic_year=intake.expected.collection.academic_year,
        month=month_of(LAYOUTS[intake.type], intake.as_at),
    )
