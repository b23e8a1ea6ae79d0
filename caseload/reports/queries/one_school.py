"""One school or college beside all of them, for the yearly talk: as the council reads it, and as it may read itself.

The school reads no number of one to four, nor one such a number could be worked out from: each year's leavers are
others, so each line is held back for itself, and what is of the same people twice (whom it worried about, who is there
now) stands in the council's sheet alone.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from caseload.reports.queries import conversation, monthly
from caseload.reports.queries.conversation import EVERYBODY, FEWEST
from caseload.reports.queries.material import Material
from caseload.reports.queries.places import Whom
from caseload.reports.rules.content import FOR_THE_SCHOOL, NOT_SHOWN, Cell, Content, Section, Share
from neet.ui.words import many
from returns.leavers.queries.providers import Provider, Span, providers
from returns.leavers.shown import shown
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import share
from tracking.rules.suppression import Counted, held_back

DID = (Status.EET, Status.NEET, Status.NOT_KNOWN)
LOST = (Status.NEET, Status.NOT_KNOWN)
TOLD, WENT = "Returns and leavers", "Where Year 11 went"
HELD_BACK = "Numbers of one to four are not shown, nor what they could be worked out from."
OF_A_SCHOOL = "This report is of one school or college"


@dataclass(frozen=True)
class Book:
    """What is counted of all schools and colleges together, once for every sheet."""

    made_of: Material
    providers: Mapping[int, Provider]
    years: Sequence[tuple[ReportingMonth, Mapping[int, Counter[str]]]]
    worried: Mapping[int, Counter[str]]


def book_of(made_of: Material) -> Book:
    """Returns of the school year, leavers of three years, whom they worried about; nine statements."""
    span = Span(starts_on(academic_year(made_of.day)), made_of.day)
    return Book(
        made_of,
        {each.pk: each for each in providers([made_of.authority.pk], span)},
        conversation.years_of_leavers(made_of),
        conversation.worried_about(made_of),
    )


def sheet(made_of: Material) -> Sequence[Section]:
    """The sheet of one school or college as the council reads it (R111)."""
    if made_of.whom.establishment is None:
        return [Section(TOLD, OF_A_SCHOOL)]
    book, pk = book_of(made_of), made_of.whom.establishment.pk
    found = (told(book, pk), went(book, pk), worried(book, pk), here_now(made_of))
    return [each for each in found if each]


def for_the_school(book: Book, whom: Whom, title: str) -> Content | None:
    """The same for the school itself, with nothing in it that says something of few; None where nothing is left."""
    if whom.establishment is None:
        return None
    pk = whom.establishment.pk
    found = [each for each in (told_to_them(book, pk), went(book, pk, hides=True)) if each and each.rows]
    if not found:
        return None
    made_of = book.made_of
    return Content(
        title, made_of.month.words, whom.words, made_of.state, tuple(found), handling=FOR_THE_SCHOOL
    )


def told(book: Book, pk: int) -> Section:
    """Its returns and early leavers beside those of all (R111, R121)."""
    its = book.providers.get(pk)
    if its is None:
        return Section(TOLD, "Nothing was asked of it this school year, and nobody was there")
    rows: list[tuple[Cell, ...]] = [
        conversation.of_provider(its),
        conversation.of_all(book.providers.values()),
    ]
    at = its.figures
    message = (
        f"{at.on_time:,} of {conversation.due(its):,} returns came in time;"
        f" {at.told:,} of {at.left:,} early leavers were told of"
    )
    return Section(TOLD, message, conversation.TOLD_OF, rows, note=conversation.AS_NOW)


def told_to_them(book: Book, pk: int) -> Section | None:
    """The same in the words of the page on which it sees its own figures: small numbers are left out there too."""
    its = book.providers.get(pk)
    if its is None:
        return None
    said = shown(its, hides=True)
    rows = [
        ("Returns in time", said.returns),
        ("Rows to mend when a file was first checked", said.mend),
        ("Left before their course was to end", said.left),
        ("Of those we were told of by you", said.told),
        ("Days from leaving to telling us, the middle one", said.days),
        ("With the reason", said.reasons),
    ]
    message = f"Returns in time: {said.returns}; early leavers you told us of: {said.told}"
    return Section(
        TOLD, message, ("What", "This school year"), rows, note=f"{conversation.AS_NOW} {HELD_BACK}"
    )


def went(book: Book, pk: int, *, hides: bool = False) -> Section | None:
    """What its Year 11 did a year later, in the same month of three years, beside all schools (R93, R111)."""
    rows = [_of_year(month, found, pk, hides) for month, found in book.years if found.get(pk)]
    if not rows:
        return None
    month, latest = book.years[0]
    columns = (
        "Month", "Young people", "In learning or work", "NEET", "Not known", "In learning or work, %",
        "NEET or not known, %", f"{EVERYBODY}: NEET or not known, %",
    )  # fmt: skip
    message = (
        _beside(latest, pk, rows[0])
        if latest.get(pk)
        else f"Nobody of Year 12 in {month.words} was there in Year 11"
    )
    return Section(WENT, message, columns, rows, note=HELD_BACK if hides else "")


def _of_year(
    month: ReportingMonth, found: Mapping[int, Counter[str]], pk: int, hides: bool
) -> tuple[Cell, ...]:
    its, everybody = found[pk], sum(found.values(), Counter[str]())
    hidden = _hidden(its) if hides else frozenset()

    def number(*kinds: str) -> Cell:
        return NOT_SHOWN if hidden.intersection(kinds) else sum(its[each] for each in kinds)

    def percent(*kinds: str) -> Cell:
        open_ = not hidden.intersection((*kinds, WENT))
        return Share(share(sum(its[each] for each in kinds), its.total())) if open_ else NOT_SHOWN

    lost_of_all = share(sum(everybody[each] for each in LOST), everybody.total())
    whole: Cell = NOT_SHOWN if WENT in hidden else its.total()
    return (
        month.words, whole, *(number(each) for each in DID), percent(Status.EET), percent(*LOST), Share(lost_of_all),
    )  # fmt: skip


def _hidden(its: Counter[str]) -> frozenset[str]:
    """Which kinds of one line are not shown; WENT stands for their sum."""
    kinds = [str(each) for each in DID]
    counts = {(WENT, kind): its[kind] for kind in kinds}
    table = Counted([WENT], kinds, counts, frozenset(str(each) for each in LOST))
    return frozenset(WENT if kind is None else kind for _, kind in held_back(table))


def _beside(latest: Mapping[int, Counter[str]], pk: int, row: Sequence[Cell]) -> str:
    """Its share beside that of all, and its place among those with enough young people, as far as it is shown."""
    its, of_all = row[-2], row[-1]
    message = f"NEET or not known: {its}, beside {of_all} of {EVERYBODY.lower()}"
    ranked = sorted(conversation.lost(each) for each in latest.values() if each.total() >= FEWEST)
    if isinstance(its, Share) and latest[pk].total() >= FEWEST:
        place = ranked.index(conversation.lost(latest[pk])) + 1
        message += f"; place {place} of {many(len(ranked), 'school,schools')}, the lowest share first"
    return message


def worried(book: Book, pk: int) -> Section | None:
    """Of whom it said that it worries, and what became of them; for the council alone (R109)."""
    if not book.worried.get(pk):
        return None
    cells = conversation.became(book.worried[pk])
    message = f"It told us of {many(cells[0], 'young person,young people')}; {cells[2]:,} are NEET"
    return Section("Whom it worried about", message, conversation.BECAME[1:], [(f"{cells[0]:,}", *cells[1:])])


def here_now(made_of: Material) -> Section:
    """Those of the cohort who are there now or were there last; for the council alone."""
    found = monthly.summary(made_of)
    return Section("Those there now or last", found.message, found.columns, found.rows)
