"""A file is recognised: what it is called and what stands in it, asked of all returns its sender may send."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from neet import clock
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.opening import open_return
from returns.intake.reading import SAMPLE, Sheet
from returns.intake.rules.context import Context
from returns.intake.rules.naming import read_name, read_title
from returns.intake.rules.recognising import (
    COMMON,
    Kindred,
    Label,
    Recognised,
    is_clearly,
    layouts_from,
    recognise,
    why_of,
)
from tracking.reference.queries import ruleset

WHY = 300


@dataclass(frozen=True)
class Whence:
    """Who sends a file: the kind of establishment (empty: a list from elsewhere), and under which label it came."""

    kind: str = ""
    label: str = ""


def what_is(path: Path, name: str, whence: Whence, on: date | None = None) -> Recognised:
    """Which return a file is, and why (R2). Raises Unreadable."""
    layouts = layouts_from(whence.kind)
    day = on or clock.today()
    known = {
        heading for each in layouts for column in each.columns for heading in (column.words, *column.also)
    }
    with open_return(path, known) as table:
        sample = [cells for _, cells in islice(table.rows, SAMPLE)]
        headings, above = table.headings, table.above
    context = Context(ruleset(day), day, day, whence.kind or "school")
    return recognise(layouts, headings, sample, label_of(name, above, whence, day), context)


def label_of(name: str, above: Sequence[str], whence: Whence, on: date) -> Label:
    """What a file is called: the label of its channel by the table of labels, its name, and our own first line."""
    labels = ruleset(on).channel_labels
    found = labels.get(whence.label)
    titled = next((each for line in above if (each := read_title(line, LAYOUTS.values()))), None)
    return Label(
        words=found.words if found else "",
        types=frozenset(found.types) if found else frozenset(),
        named=read_name(name, LAYOUTS.values()).type,
        titled=titled.type if titled else "",
    )


def tell_which(intake: Intake, sheet: Sheet) -> None:
    """Note on a return just read that its columns are those of another one, or that it is called something else than
    it is; the caller saves it. Nothing where somebody has said which column is which."""
    kind, layout = intake.kind_of_place, LAYOUTS[intake.type]
    layouts = layouts_from(kind)
    intake.seems = ""
    if intake.file is None or intake.columns_confirmed or layout not in layouts:
        return
    label = label_of(intake.file.name, [sheet.title], Whence(kind), intake.as_at)
    if is_clearly(layout, layouts, sheet.columns):
        if label.named and label.named != layout.type and not intake.seems_why:
            columns = tuple(layout.column(name).words for name in sheet.columns if name not in COMMON)
            intake.seems_why = why_of(Kindred(layout.type, layout.title, 1, columns[:4]), layouts, label)[
                :WHY
            ]
        return
    context = Context(ruleset(intake.as_at), intake.as_at, clock.today(), kind or "school")
    found = recognise(layouts, sheet.headings, sheet.sample, label, context)
    if found.sure and found.type != layout.type:
        intake.seems, intake.seems_why = found.type, found.why[:WHY]
