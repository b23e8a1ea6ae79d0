"""Letters on paper: an address in the envelope's window, one letter after the other as a file for the printer, or each
by itself where GOV.UK Notify prints and posts it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.template.loader import get_template
from django.utils.safestring import SafeString

from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.contents import Headed, Sheet, headed, sheet_of, sheets_of
from caseload.letters.queries.due import ruled, wording_of
from caseload.letters.queries.ways import withheld
from neet.documents.pdf import pdf_of_each
from neet.documents.square import square_of
from neet.ui.words import day
from returns.surveys.actions import printed
from returns.surveys.links import code_page, path_of
from returns.surveys.rules import language_of, shown_code
from returns.surveys.statements import Printed
from tracking.register.refusals import NotRight
from tracking.rules.letters import LetterSeries, LetterWording, Placeholder, blocks, merged

SHEET = "neet/print.css"
TEMPLATE = "caseload/letters/letter.html"
INVENTED = Sheet(0, "Robin", "Robin Example", ("1 Example Road", "EXAMPLETON", "ZZ1 1ZZ"))
SOON = "the end of the month"


@dataclass(frozen=True)
class Made:
    """The file: its bytes and pages, whom it is about, the letters that must not go any more, and what each letter
    holds to be answered online, by young person."""

    content: bytes
    pages: int
    people: tuple[int, ...]
    left_out: tuple[int, ...]
    printed: Mapping[int, Printed] = field(default_factory=dict)


@dataclass(frozen=True)
class Online:
    """How a letter is answered online: the words around it, the page, the code and the square."""

    words: Mapping[str, str]
    page: str
    code: str
    square: SafeString


@dataclass(frozen=True)
class Filled:
    """One letter as it is read."""

    address: tuple[str, ...]
    heading: str
    blocks: tuple
    online: Online | None = None


@dataclass(frozen=True)
class Setting:
    """What all letters of a batch share: head, wording, rule, the day on them and by when an answer is asked for."""

    head: Headed
    wording: LetterWording
    series: LetterSeries | None
    on: date
    answer_by: date | None

    @property
    def is_answered_online(self) -> bool:
        return self.series is not None and self.series.asks is not None


def setting_of(batch: LetterBatch, on: date) -> Setting:
    """As it stands today, in the words of the batch's day. Raises NotRight where nothing can be set any more."""
    head, series = headed(batch.authority), ruled(batch.series, batch.due_on)
    language = batch.wording.rpartition(" ")[2]
    wording = wording_of(series.wording, language, batch.due_on) if series else None
    if head is None or wording is None:
        raise NotRight({"": "The letterhead or the wording of these letters is not there any more."})
    return Setting(head, wording, series, on, series.reply.due_on(on) if series else None)


def letters_as_pdf(batch: LetterBatch, on: date, tell: Callable[[int, int], None]) -> Made:
    """Every letter still to be sent, by its place in the batch; `tell` hears how many of them are set. Raises NotRight
    where nothing can be printed."""
    set_in = setting_of(batch, on)
    left_out = withheld(batch, on)
    sheets = [each for each in sheets_of(batch) if each.letter not in left_out]
    if not sheets:
        raise NotRight({"": "None of these letters may go any more."})
    held = {each.person: printed() for each in sheets} if set_in.is_answered_online else {}
    total = len(sheets)
    content, pages = pdf_of_each(
        _pages(sheets, set_in, held), sheet=SHEET, tell=lambda done: tell(done, total)
    )
    return Made(content, pages, tuple(each.person for each in sheets), tuple(left_out), held)


def letter_as_pdf(letter: Letter, on: date, held: Printed | None) -> bytes:
    """One letter as Notify prints it; nothing where they live nowhere any more. Raises NotRight."""
    set_in, sheet = setting_of(letter.batch, on), sheet_of(letter)
    if sheet is None:
        return b""
    pages = _pages([sheet], set_in, {sheet.person: held} if held else {}, by_notify=True)
    return pdf_of_each(pages, sheet=SHEET, tell=lambda _: None)[0]


def _pages(
    sheets: list[Sheet], set_in: Setting, held: Mapping[int, Printed], *, by_notify: bool = False
) -> Iterator[str]:
    template, wording = get_template(TEMPLATE), set_in.wording
    today = day(set_in.on)
    around = {"head": set_in.head, "wording": wording, "today": today, "by_notify": by_notify}
    around["letters_of"] = f"{wording.words}, {today}"
    for sheet in sheets:
        letter = filled(sheet, set_in.head, wording, set_in.answer_by)
        online = online_of(held[sheet.person], wording.language) if sheet.person in held else None
        yield template.render({**around, "letter": replace(letter, online=online)})


def online_of(held: Printed, language: str) -> Online:
    """How this letter is answered online, in the words of its language where there are any."""
    words = language_of(language).words()["letter"]
    square = square_of(path_of(held.secret), words["square"])
    return Online(words, code_page(), shown_code(held.code), square)


def facts_of(sheet: Sheet, head: Headed, answer_by: date | None) -> dict[str, str]:
    """What is filled in. Without a day asked for, an answer is welcome soon."""
    facts = {
        Placeholder.FIRST_NAME: sheet.first_name,
        Placeholder.NAME: sheet.name,
        Placeholder.COUNCIL: head.council,
        Placeholder.CONTACT: head.contact,
        Placeholder.ANSWER_BY: day(answer_by) if answer_by else SOON,
    }
    return {str(name): value for name, value in facts.items()}


def filled(sheet: Sheet, head: Headed, wording: LetterWording, answer_by: date | None) -> Filled:
    """What one family reads."""
    facts = facts_of(sheet, head, answer_by)
    return Filled(sheet.address, merged(wording.heading, facts), blocks(merged(wording.text, facts)))


def example(head: Headed, wording: LetterWording, answer_by: date | None) -> Filled:
    """The letter about somebody invented, to be read before any is made."""
    return filled(INVENTED, head, wording, answer_by)
