"""The headings of a return's file as a person is asked about them: what stands below each, and what we take it for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from neet.files.reader import Unreadable
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.opening import open_return
from returns.intake.reading import GONE, SAMPLE, school_heading
from returns.intake.rules.guessing import guess

SHOWN = 3
BY_HAND = "Chosen by you or a colleague"


@dataclass(frozen=True)
class Heading:
    """One heading: the first few values below it, the column it is taken for, why, and whether that is sure."""

    heading: str
    samples: tuple[str, ...]
    column: str
    why: str
    sure: bool


def headings_of(intake: Intake) -> list[Heading]:
    """The headings of the file in their order, as guessed or as somebody chose. Raises Unreadable."""
    if intake.file is None or not intake.file.path.exists():
        raise Unreadable(GONE)
    with open_return(intake.file.path, set(intake.headings)) as table:
        rows = [cells for _, cells in islice(table.rows, SAMPLE)]
        guesses = {
            each.heading: each for each in guess(LAYOUTS[intake.type], table.headings, rows, {}, intake.as_at)
        }
        headings = table.headings
    chosen = {heading: column for column, heading in intake.columns.items()}
    is_settled = intake.columns_confirmed or intake.state == Intake.State.CHECKED
    found = []
    for heading in headings:
        guessed = guesses.get(heading)
        column = chosen.get(heading, "")
        is_guess = guessed is not None and (guessed.column or "") == column
        found.append(
            Heading(
                heading,
                samples_of(heading, rows),
                column,
                guessed.why if guessed and is_guess else (BY_HAND if column else ""),
                is_settled or not is_guess or guessed is None or guessed.sure,
            )
        )
    return found


def unused_headings(intake: Intake) -> list[str]:
    """The headings of the file of which nothing is taken, in their order."""
    used = {*intake.columns.values(), *school_heading(intake.headings, intake.columns).values()}
    return [heading for heading in intake.headings if heading not in used]


def samples_of(heading: str, rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The first few different values below a heading."""
    values = dict.fromkeys(text for cells in rows if (text := cells.get(heading, "").strip()))
    return tuple(text[:40] for text in islice(values, SHOWN))
