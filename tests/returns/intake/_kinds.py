"""A file of any kind of return, from rows that say who is meant, and what asks for it."""

from collections.abc import Mapping, Sequence
from datetime import date

from neet.files.writers import csv_chunks
from returns.calendar.models import Collection, ExpectedReturn
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.layouts.columns import SCHOOLS
from schools.models import Authority, Establishment
from tracking.reference.queries import ruleset

WHO = (
    "family_name",
    "given_name",
    "middle_name",
    "date_of_birth",
    "gender",
    "upn",
    "uln",
    "line_1",
    "postcode",
)
EVERY = ("every word of the list",)
SINCE = ("12/10/2026", "05/10/2026", "28/09/2026")
COURSES = ("A levels", "Level 2 Plumbing", "Level 3 Art and design", "Level 1 Catering")
EMPLOYERS = ("Vale Bakery", "Hill Motors", "Bell Builders")
SELDOM = ("No",) * 9 + ("Yes",)
# What each kind of return says of those on it: values in turn, column by column.
SAYS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "enrolment": {"course": COURSES, "starts_on": ("15/09/2026",)},
    "joiners_leavers": dict.fromkeys(
        ("starts_on", "course", "left_on", "leaving_reason", "now_doing", "now_at"), ("",)
    ),
    "offers": {
        "stage": EVERY, "course": COURSES, "conditions": ("", "Five GCSEs at grade 4"), "offered_from": ("06/09/2027",),
    },
    "applications": {
        "place": ("Vale College", "Hill School", "Wick College"), "stage": EVERY, "course": COURSES,
        "preference": ("1", "2", "3"), "offered_from": ("06/09/2027",),
    },
    "potential_neet": {
        "year_group": ("11",), "reasons": EVERY, "concern": ("Rarely in since January", ""),
        "planned": ("A job", "", "College"), "ask_at_school": ("Ms Hale", "Mr Ellis"),
    },
    "destinations": {"now_doing": (*EVERY, ""), "now_at": EMPLOYERS, "told_on": SINCE},
    "looked_after": {"care_status": EVERY, "since": SINCE, "unaccompanied": SELDOM},
    "youth_justice": {"order": EVERY, "since": SINCE, "in_custody": SELDOM},
    "plans": {"plan_status": EVERY, "since": SINCE},
    "home_educated": {"since": SINCE},
    "missing_education": {"taught": EVERY, "since": SINCE},
    "apprenticeships": {
        "apprenticeship": EVERY, "course": COURSES, "employer": EMPLOYERS, "place_number": ("",), "since": SINCE,
    },
    "claimants": {"since": SINCE, "consent": ("Yes",)},
    "transfers": {"moved": EVERY, "doing": (*EVERY, ""), "since": SINCE},
    "census": {"place_number": ("",), "since": ("01/09/2026",)},
}  # fmt: skip
LEFT = ("02/10/2026", "16/10/2026")


def content_of(type: str, rows: Sequence[Mapping[str, str]], on: date, place_number: str = "") -> bytes:
    """A CSV file of this kind about these people; what a row says of itself counts before what its kind says.

    The number of a place stands where the kind names places. Of joiners and leavers every other one left.
    """
    layout = LAYOUTS[type]
    said = {name: _words(layout, name, values, on) for name, values in SAYS[type].items()}
    columns = [column for column in layout.columns if column.name in {*WHO, *said}]
    both = [
        {**{name: values[at % len(values)] for name, values in said.items()}, **_moved(layout, at, on), **row}
        for at, row in enumerate(rows)
    ]
    if "place_number" in said:
        both = [{**row, "place_number": row["place_number"] or place_number} for row in both]
    cells = ([row.get(column.name, "") for column in columns] for row in both)
    return b"".join(csv_chunks([column.words for column in columns], cells))


def _words(layout: Layout, name: str, values: Sequence[str], on: date) -> Sequence[str]:
    if EVERY[0] not in values:
        return values
    listed = layout.column(name).list_on(ruleset(on))
    return (*listed.values(), *(value for value in values if value != EVERY[0]))


def _moved(layout: Layout, at: int, on: date) -> Mapping[str, str]:
    """What a line of joiners and leavers says: the even ones left."""
    if layout.effect != "joiners_leavers":
        return {}
    if at % 2:
        return {"starts_on": SINCE[at % len(SINCE)], "course": COURSES[at % len(COURSES)]}
    reasons, doing = (_words(layout, name, EVERY, on) for name in ("leaving_reason", "now_doing"))
    left = {"left_on": LEFT[at % 4 // 2], "leaving_reason": reasons[at // 2 % len(reasons)]}
    knows = at % 3 == 0
    return {**left, **({"now_doing": doing[at // 2 % len(doing)], "now_at": EMPLOYERS[0]} if knows else {})}


def asked_for(type: str, authority: Authority, places: Sequence[Establishment], on: date) -> ExpectedReturn:
    """What is expected: of the first of these places that sends this kind, colleges before schools; else of whoever
    keeps the list."""
    layout = LAYOUTS[type]
    asked = Collection.objects.create(
        authority=authority, type=type, title=f"{layout.title} {Collection.objects.count()}", academic_year=2026,
        as_at=on, opens_on=on, due_on=on,
    )  # fmt: skip
    if layout.is_from_elsewhere:
        return ExpectedReturn.objects.create(collection=asked, sender=layout.senders[0])
    sending = sorted(
        (each for each in places if each.kind in layout.places), key=lambda each: each.kind in SCHOOLS
    )
    return ExpectedReturn.objects.create(collection=asked, establishment=sending[0])
