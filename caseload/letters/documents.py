"""Letters as one file for the printer: an address in the envelope's window, one letter after the other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.template.loader import get_template

from caseload.letters.models import LetterBatch
from caseload.letters.queries.contents import Headed, Sheet, headed, sheets_of, withheld
from caseload.letters.queries.due import ruled, wording_of
from neet.documents.pdf import pdf_of_each
from neet.ui.words import day
from tracking.register.refusals import NotRight
from tracking.rules.letters import LetterWording, Placeholder, blocks, merged

SHEET = "neet/print.css"
TEMPLATE = "caseload/letters/letter.html"
INVENTED = Sheet(0, "Robin", "Robin Example", ("1 Example Road", "EXAMPLETON", "ZZ1 1ZZ"))


@dataclass(frozen=True)
class Made:
    """The file: its bytes and pages, whom it is about, and the letters that must not go any more."""

    content: bytes
    pages: int
    people: tuple[int, ...]
    left_out: tuple[int, ...]


@dataclass(frozen=True)
class Filled:
    """One letter as it is read."""

    address: tuple[str, ...]
    heading: str
    blocks: tuple


def letters_as_pdf(batch: LetterBatch, on: date, tell: Callable[[int, int], None]) -> Made:
    """Every letter still to be sent, by its place in the batch; `tell` hears how many of them are set. Raises NotRight
    where nothing can be printed."""
    head, wording = headed(batch.authority), _wording(batch)
    if head is None or wording is None:
        raise NotRight({"": "The letterhead or the wording of these letters is not there any more."})
    series = ruled(batch.series, batch.due_on)
    answer_by = series.reply.due_on(on) if series else None
    left_out = withheld(batch)
    sheets = [each for each in sheets_of(batch) if each.letter not in left_out]
    if not sheets:
        raise NotRight({"": "None of these letters may go any more."})
    total = len(sheets)
    content, pages = pdf_of_each(
        _pages(sheets, head, wording, on, answer_by), sheet=SHEET, tell=lambda done: tell(done, total)
    )
    return Made(content, pages, tuple(each.person for each in sheets), tuple(left_out))


def _wording(batch: LetterBatch) -> LetterWording | None:
    series = ruled(batch.series, batch.due_on)
    language = batch.wording.rpartition(" ")[2]
    return wording_of(series.wording, language, batch.due_on) if series else None


def _pages(
    sheets: list[Sheet], head: Headed, wording: LetterWording, on: date, answer_by: date | None
) -> Iterator[str]:
    template = get_template(TEMPLATE)
    around = {"head": head, "wording": wording, "today": day(on), "letters_of": f"{wording.words}, {day(on)}"}
    for sheet in sheets:
        yield template.render({**around, "letter": filled(sheet, head, wording, answer_by)})


def filled(sheet: Sheet, head: Headed, wording: LetterWording, answer_by: date | None) -> Filled:
    """What one family reads. Without a day asked for, an answer is welcome soon."""
    facts = {
        Placeholder.FIRST_NAME: sheet.first_name,
        Placeholder.NAME: sheet.name,
        Placeholder.COUNCIL: head.council,
        Placeholder.CONTACT: head.contact,
        Placeholder.ANSWER_BY: day(answer_by) if answer_by else "the end of the month",
    }
    facts_by_name = {str(name): value for name, value in facts.items()}
    return Filled(
        sheet.address, merged(wording.heading, facts_by_name), blocks(merged(wording.text, facts_by_name))
    )


def example(head: Headed, wording: LetterWording, answer_by: date | None) -> Filled:
    """The letter about somebody invented, to be read before any is made."""
    return filled(INVENTED, head, wording, answer_by)
