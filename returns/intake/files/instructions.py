"""The sheet of a template that says what to do."""

from dataclasses import dataclass
from datetime import date

from openpyxl.worksheet.worksheet import Worksheet

from returns.intake.files import look
from returns.intake.layouts.columns import Column, Layout
from returns.intake.rules.context import COLLEGES
from returns.intake.rules.naming import title_of
from tracking.rules.ruleset import RuleSet

STEPS = (
    "2. Somebody has left or never came: delete their line. When you send the file we ask where they went.",
    "3. Somebody is new: add a line below. Leave “Council number” empty.",
    "4. Put right what has changed: addresses, telephone numbers, courses.",
)
INSTEAD = "You may also send an export of your own system instead, with its own columns in any order."
OBJECTED = (
    "Write Yes under “Objected to sharing” and give their name, address and date of birth only. Anything more is left "
    "out and not kept."
)


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """Whose template it is, what it is about, by when it is due and whom to ask."""

    establishment: str
    establishment_kind: str
    council: str
    academic_year: int
    as_at: date
    due_on: date
    ruleset: RuleSet
    learners: str = "pupils"
    contact: tuple[str, ...] = ()
    file_name: str = ""

    def needs(self, column: Column) -> bool:
        """Whether every line must have it here."""
        at_a_college = self.establishment_kind in COLLEGES
        return column.required or (at_a_college and column.required_at_colleges)

    def title(self, layout: Layout) -> str:
        """Which return of whom."""
        return title_of(layout.title, self.academic_year, self.establishment)


def in_words(day: date) -> str:
    """A day with its month in words."""
    return f"{day.day} {day:%B %Y}"


def explain(page: Worksheet, layout: Layout, facts: TemplateFacts) -> None:
    """The sheet that says who belongs on the return, what to do, and what each column wants."""
    look.write(page.cell(1, 1), facts.title(layout), look.TITLE)
    row = 3
    for heading, lines in _paragraphs(layout, facts):
        look.write(page.cell(row, 1), heading, look.BOLD)
        for line in lines:
            row += 1
            page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
            look.write(page.cell(row, 1), line).alignment = look.TOP
            page.row_dimensions[row].height = 16 * (1 + len(line) // 118)
        row += 2
    _columns_explained(page, row, layout.template_columns(), facts)
    for letter, width in (("A", 30), ("B", 14), ("C", 74)):
        page.column_dimensions[letter].width = width
    page.protection.sheet = True
    page.sheet_view.showGridLines = False
    look.print_setup(page)


def _paragraphs(layout: Layout, facts: TemplateFacts) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("Who belongs on it", (layout.about, f"The day of the return is {in_words(facts.as_at)}.")),
        ("What to do", _steps(facts)),
        ("Who asked you not to pass things on", (OBJECTED,)),
        (f"Questions? {facts.council}", facts.contact or ("The website says whom to ask.",)),
    ]


def _steps(facts: TemplateFacts) -> tuple[str, ...]:
    learners = facts.learners
    name = f" Any file name will do; ours is {facts.file_name}." if facts.file_name else ""
    first = f"1. Go through the sheet “{learners.capitalize()}”. It holds the {learners} we expect with you."
    last = f"5. Save the file and send it on the website by {in_words(facts.due_on)}, not by e-mail.{name}"
    return first, *STEPS, last, INSTEAD


def _columns_explained(page: Worksheet, row: int, columns: tuple[Column, ...], facts: TemplateFacts) -> None:
    for at, words in enumerate(("Column", "Needed", "What to write"), start=1):
        cell = look.write(page.cell(row, at), words, look.HEADING)
        cell.fill, cell.border = look.fill(look.HEAD), look.AROUND
    for below, column in enumerate(columns, start=row + 1):
        needed = "Yes" if facts.needs(column) else "If you can" if column.wanted else ""
        for at, words in enumerate((column.words, needed, column.about), start=1):
            cell = look.write(page.cell(below, at), words)
            cell.border, cell.alignment = look.AROUND, look.TOP
        if facts.needs(column):
            page.cell(below, 2).fill = look.fill(look.ASKED)
        page.row_dimensions[below].height = 16 * (1 + len(column.about) // 92)
