"""Links by which a small provider sends one return without an account: which hold, and what may be shown by one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from neet import clock
from neet.accounts.secrets import digest
from returns.calendar.models import ExpectedReturn
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, Problem, UploadLink
from returns.intake.rules.found import group_words

ABOUT = "upload_link"
MOST_ROWS = 12
# What the file alone tells. Everything else may come from the register, and a link must not say who is on it.
OF_THE_FILE = frozenset(
    {
        "missing", "wanted", "too_long", "spreadsheet_error", "name_signs", "name_letters",
        "names_together", "not_a_day", "no_such_day", "day_order", "birth_not_possible", "outside_age",
        "age_without_plan", "outside_years", "year_and_age", "starts_later", "ends_before_start",
        "over_already", "has_left", "upn_form", "upn_letter", "uln_form", "uln_digit", "number_form",
        "number_rounded", "postcode_form", "phone_form", "email_form", "yes_no", "objection_unclear",
        "gender", "year_group", "activity", "activity_not_here", "choice", "twice", "shared_number",
        "same_name", "no_column", "swapped_columns",
    }
)  # fmt: skip


def digest_of(secret: str) -> str:
    """What is kept of a link's secret."""
    return digest(secret, about=ABOUT)


def links_of(expected: ExpectedReturn) -> QuerySet[UploadLink]:
    """The links made for a return, the newest first."""
    return expected.upload_links.select_related("made_by")


def usable_link(kept: str, on: date) -> UploadLink | None:
    """The link of this digest while it holds: not withdrawn, not over, and its return still asked for."""
    found = UploadLink.objects.select_related(
        "expected__collection__authority", "expected__establishment", "intake__establishment"
    )
    link = found.filter(digest=kept, withdrawn_at=None, expires_on__gte=on).first() if kept else None
    if link is None or link.expected.establishment is None:
        return None
    closed_on = link.expected.collection.closed_on
    return None if closed_on and closed_on < on else link


def address_of_link(link_id: int) -> str:
    """Where a link goes that holds; empty once it was withdrawn or is over."""
    open_links = UploadLink.objects.filter(pk=link_id, withdrawn_at=None, expires_on__gte=clock.today())
    return open_links.values_list("email", flat=True).first() or ""


@dataclass(frozen=True)
class Wrong:
    """One kind of thing that is wrong in a file, in which of its rows, and whether they wait until it is mended."""

    words: str
    rows: tuple[int, ...]
    more: int
    stops: bool


@dataclass(frozen=True)
class Seen:
    """What a sender without an account learns of their file: its rows, how many wait, and what is wrong in which."""

    rows: int
    waiting: int
    wrong: tuple[Wrong, ...]


def seen_of(intake: Intake) -> Seen:
    """What may be told of a checked file by a link: of it alone, by the numbers of its own rows. One statement."""
    kept = intake.problems.filter(kind__in=OF_THE_FILE, severity__in=["error", "query"])
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    stops: set[int] = set()
    for kind, column, severity, row in kept.values_list("kind", "column", "severity", "row__number"):
        found[kind, column].add(row or 0)
        if severity == Problem.Severity.ERROR and row:
            stops.add(row)
    layout = LAYOUTS[intake.type].by_name
    wrong = [
        _wrong(group_words(kind, layout[column].words if column in layout else ""), rows, stops)
        for (kind, column), rows in sorted(found.items())
    ]
    wrong.sort(key=lambda each: (not each.stops, each.words))
    return Seen(int(intake.counts.get("rows", 0)), len(stops), tuple(wrong))


def _wrong(words: str, rows: Collection[int], stops: Collection[int]) -> Wrong:
    numbers = sorted(row for row in rows if row)
    more = max(0, len(numbers) - MOST_ROWS)
    return Wrong(words, tuple(numbers[:MOST_ROWS]), more, any(row in stops for row in numbers))
