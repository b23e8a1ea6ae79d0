"""A month's released tables as the files the public gets: a tagged PDF, a CSV file and an OpenDocument sheet."""

import hashlib
from collections.abc import Mapping

from neet.documents.pdf import pdf_of
from neet.files.opendocument import ods_bytes
from neet.files.writers import Sheet, csv_chunks
from tracking.released.queries import HEADINGS, MARK, Month, Shown, Table, rows
from tracking.rules.released import KINDS

WORDS = ("Years 12 and 13", "NEET", "NEET, %", "Not known", "Not known, %", "Both, %")


def digest_of(found: Month) -> str:
    """The fingerprint of every number and word of the month's tables."""
    return hashlib.sha256(repr(rows(found)).encode()).hexdigest()


def papers_of(found: Month, council: str) -> Mapping[str, bytes]:
    """The files by the name of their field; all of them say what the tables that were kept say, and no more."""
    return {
        "pdf": pdf_of("tracking/public/paper.html", {"found": found, "council": council}),
        "csv": b"".join(csv_chunks(HEADINGS, rows(found))),
        "sheet": ods_bytes(_front(found, council), *(_sheet(each) for each in found.tables)),
    }


def _front(found: Month, council: str) -> Sheet:
    about = [
        ("Council", council),
        ("Month", found.month.words),
        ("Counted", "Young people in Years 12 and 13 by age, without those in custody"),
        ("Not shown", f"Numbers under {found.least} except 0, and those that would give them away"),
        *((KINDS[kind], found.council.values[kind]) for kind in ("", *(each for each in KINDS if each))),
    ]
    return Sheet("Month", ("About", "Said"), about)


def _sheet(table: Table) -> Sheet:
    return Sheet(table.words.replace("/", " "), (table.words, *WORDS), [_line(each) for each in table.lines])


def _line(line: Shown) -> list[str | int | float]:
    numbers = (
        line.cohort,
        line.neet,
        line.neet_rate,
        line.not_known,
        line.not_known_rate,
        line.together_rate,
    )
    return [line.words, *(_said(each) for each in numbers)]


def _said(number: float | None) -> float | str:
    if number is None:
        return MARK
    return round(number, 1) if isinstance(number, float) else number
