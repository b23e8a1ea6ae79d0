"""The self-assessment as a spreadsheet: its lines, and the action plan. Nothing is hidden in it."""

from collections.abc import Iterator, Sequence

from caseload.assessment.queries.lines import Line, plan_of
from neet.files.writers import Sheet, xlsx_bytes

LINES = ("Number", "Part", "Section", "Question", "What the register says", "Value", "In", "Before", "How it stands",
         "How it stood before", "What shows it", "Said by", "Said on")  # fmt: skip
PLAN = ("Number", "Question", "What is to be done", "Who", "By", "Done")


def workbook(found: Sequence[Line]) -> bytes:
    """Both sheets of one self-assessment."""
    return xlsx_bytes(Sheet("Lines", LINES, _lines(found)), Sheet("Action plan", PLAN, _plan(found)))


def _lines(found: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    for each in found:
        answer, said = each.answer, each.said
        yield (
            each.number,
            each.part,
            each.section,
            each.words,
            answer.words if answer else "",
            answer.value if answer else None,
            answer.unit if answer else "",
            each.before,
            said.rating_words if said else "",
            each.rating_before,
            said.evidence if said else "",
            said.said_by if said else "",
            said.said_on if said else None,
        )


def _plan(found: Sequence[Line]) -> Iterator[tuple[object, ...]]:
    for each in plan_of(found):
        if each.said:
            yield (
                each.number,
                each.words,
                each.said.action,
                each.said.owner,
                each.said.due_on,
                each.said.is_done,
            )
