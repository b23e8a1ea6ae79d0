"""The files a return gives out: the one to fill in, with a school's own pupils, and its own file back with what is
wrong in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from neet import clock
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import deadline_of
from returns.calendar.queries.year import own_file_name
from returns.intake.files.instructions import TemplateFacts
from returns.intake.files.returned import SentSheet, returned_bytes
from returns.intake.files.template import template_bytes
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, Problem
from returns.intake.opening import open_return
from returns.intake.queries.expected import Whose, expected_pupils
from returns.intake.queries.presets import presets
from returns.intake.rules.found import Found, Severity
from returns.intake.rules.naming import Expects, month_of, proposed_name
from schools.queries import council_contact
from tracking.reference.queries import ruleset


@dataclass(frozen=True)
class Paper:
    """A file to be handed out: its name, its content, and the young people it names."""

    name: str
    content: bytes
    people: tuple[int, ...]


def template_of(expected: ExpectedReturn, learners: str) -> Paper:
    """The file to fill in, with everybody the register has there already (R4). Of a roll, who was in Year 11 and may
    have gone is not in it."""
    collection = expected.collection
    layout = LAYOUTS[collection.type]
    expected_here = expected_pupils(Whose.asked_of(expected))
    there = [each.person_id for each in expected_here if not (layout.is_roll and each.is_leaver)]
    listed = presets(there, layout, establishment_id=expected.establishment_id, on=collection.as_at)
    name = file_name_of(expected, own_file_name(collection, clock.today()))
    contact = council_contact(collection.authority)
    facts = TemplateFacts(
        establishment=expected.sent_by,
        establishment_kind=expected.establishment.kind if expected.establishment else "",
        council=collection.authority.name,
        academic_year=collection.academic_year,
        as_at=collection.as_at,
        due_on=deadline_of(expected).due_on,
        ruleset=ruleset(collection.as_at),
        learners=learners,
        contact=tuple(filter(None, [contact.name, contact.telephone, contact.email])) if contact else (),
        file_name=name,
    )
    content = template_bytes(layout, facts, [each.values for each in listed])
    return Paper(f"{name}.xlsx", content, tuple(each.person_id for each in listed))


def file_name_of(expected: ExpectedReturn, own: str = "") -> str:
    """What the return's file should be called, without its ending (R6 to R9): by the council's own way of naming it,
    where its calendar has one."""
    collection, place = expected.collection, expected.establishment
    if place is None:
        return f"{LAYOUTS[collection.type].title}, {expected.sender}, {collection.as_at}"
    asked = Expects(
        la=collection.authority.code,
        number=place.number,
        short_code=place.short_code,
        name=place.name,
        layout=LAYOUTS[collection.type],
        academic_year=collection.academic_year,
        month=collection.due_on.month if own else month_of(LAYOUTS[collection.type], collection.as_at),
        pattern=own,
    )
    return proposed_name(asked, place.is_college)


def returned_of(intake: Intake, *, only_wrong: bool) -> Paper:
    """A return's own file with a column that says what is wrong; the cells in question marked. What was put right on
    the page stands in it. Raises Unreadable where the file is gone."""
    layout = LAYOUTS[intake.type]
    rows = {row.number: row for row in intake.rows.all()}
    problems = [
        _found(each) for each in intake.problems.select_related("row") if each.row and not each.explained
    ]
    assert intake.file
    with open_return(intake.file.path, set(intake.headings)) as table:
        fixed = {number: row.fixed for number, row in rows.items() if row.fixed}
        lines = _mended(table.rows, fixed, intake.columns)
        kept = ((number, cells) for number, cells in lines if number in rows and not rows[number].left_out)
        sheet = SentSheet(table.headings, kept, intake.columns)
        content = returned_bytes(layout, sheet, problems, only_wrong=only_wrong)
    people = sorted({row.person_id for row in rows.values() if row.person_id})
    return Paper(f"{file_name_of(intake.expected)} with what to change.xlsx", content, tuple(people))


def _mended(
    rows: Iterable[tuple[int, dict[str, str]]],
    fixed: Mapping[int, Mapping[str, str]],
    columns: Mapping[str, str],
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in rows:
        put = {columns[name]: value for name, value in fixed.get(number, {}).items() if name in columns}
        yield number, {**cells, **put}


def _found(problem: Problem) -> Found:
    row = problem.row
    return Found(
        row.number if row else 0,
        problem.column,
        problem.kind,
        Severity(problem.severity),
        problem.value,
        problem.why,
        problem.fix,
    )
