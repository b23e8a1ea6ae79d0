"""What a page starts from: the pupils an establishment has by the register, as far as it may see them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from returns.intake.layouts import Layout
from returns.intake.rules.cells import without_extras
from tracking.models import Activity, Residence, YoungPerson
from tracking.register.columns import objection_in_force
from tracking.rules.academic_year import year_group

OF_A_HOME = ("line_1", "line_2", "town", "postcode")


@dataclass(frozen=True)
class Preset:
    """One young person's line of a return, by column name."""

    person_id: int
    values: Mapping[str, str]


def presets(
    person_ids: Iterable[int], layout: Layout, *, establishment_id: int | None, on: date
) -> list[Preset]:
    """Lines for these young people as the register has them on the day, by name. Where somebody objected, what need not
    be passed on stays off the page. Three statements."""
    ids = list(person_ids)
    people = YoungPerson.objects.filter(pk__in=ids).annotate(has_objected=objection_in_force(on))
    homes = {home.person_id: home for home in Residence.objects.filter(person__in=ids, ends_on=None)}
    doing = _doing(ids, establishment_id, on)
    found = []
    for person in people.order_by("family_name", "given_name", "pk"):
        values = _values(person, homes.get(person.pk), doing.get(person.pk), on)
        found.append(Preset(person.pk, without_extras(layout, values) if person.has_objected else values))
    return found


def _doing(ids: list[int], establishment_id: int | None, on: date) -> dict[int, Activity]:
    here = Activity.objects.filter(
        person__in=ids, establishment=establishment_id, is_primary=True, starts_on__lte=on
    )
    current = here.exclude(ends_on__lt=on).order_by("starts_on", "pk")
    return {activity.person_id: activity for activity in current}


def _values(
    person: YoungPerson, home: Residence | None, activity: Activity | None, on: date
) -> dict[str, str]:
    born = person.date_of_birth
    values: dict[str, object] = {
        "young_person_id": person.young_person_id,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "middle_name": person.middle_name,
        "date_of_birth": born,
        "gender": person.gender,
        "upn": person.upn,
        "uln": person.uln,
        "year_group": year_group(born, on) if born else "",
        **{name: getattr(home, name, "") for name in OF_A_HOME},
        **_said(activity),
    }
    return {name: str(value) for name, value in values.items() if value}


def _said(activity: Activity | None) -> dict[str, object]:
    if activity is None:
        return {}
    return {
        "activity": activity.code,
        "course": activity.course,
        "starts_on": activity.starts_on,
        "predicted_end_on": activity.predicted_end_on,
    }
