"""Checks a whole return from any system: picks the rules of its month, then says everything that is wrong."""

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from returns.nccis.checks import Context, FileChecks, Finding, check_record
from returns.nccis.header import refusals
from returns.nccis.reading import FileRejected, Reading
from tracking.rules.academic_year import reporting_year, year_words
from tracking.rules.ruleset import RuleSet

YEAR = re.compile(r"(\d{4})-(\d{2})")


class BadYear(ValueError):
    """A reporting year that is not written as one."""


class FileCheck:
    """One return under check. Raises FileRejected where it cannot be read, here or while findings come.

    `year` is the calendar year in which the reporting year starts whose rules are asked for; without it the
    rules of the month the file reports hold. `refusals` say why the DfE would refuse its heading.
    """

    def __init__(self, source: BinaryIO, year: int | None = None) -> None:
        self._reading = Reading(source)
        self.header = self._reading.header
        self.period_end = _period_end(self._reading)
        self.ruleset = RuleSet.from_csv(rules_day(self.period_end, year))
        self.refusals = refusals(self.header, self.ruleset)
        self.records = 0

    @property
    def unknown(self) -> dict[str, int]:
        """Elements left out so far because no rule knows them, and how often."""
        return dict(self._reading.unknown)

    @property
    def year(self) -> str:
        """The reporting year whose rules are applied, as it is written."""
        return year_words(reporting_year(self.ruleset.on))

    def findings(self) -> Iterator[Finding]:
        """Every finding, record by record as the file is read, then those of the whole file; once only."""
        context = Context(self.ruleset, self.period_end, self.header.database_ids, self.header.la_codes)
        whole = FileChecks(context)
        for record in self._reading:
            self.records += 1
            whole.add(record)
            yield from check_record(record, context)
        yield from whole.findings()


def rules_day(period_end: date, year: int | None) -> date:
    """The day whose rules apply to a month: its end, or the end of another reporting year asked for."""
    if year is None or reporting_year(period_end) == year:
        return period_end
    return date(year + 1, 3, 31)


def year_asked(text: str) -> int:
    """The starting year of a reporting year written as 2019-20. Raises BadYear."""
    written = YEAR.fullmatch(text)
    if written is None or year_words(int(written[1])) != text:
        raise BadYear(f"{text!r} is not a reporting year. Write it as 2019-20: it runs from April to March.")
    return int(written[1])


def _period_end(reading: Reading) -> date:
    period_end = reading.header.period_ends_on
    if period_end is None:
        raise FileRejected("The heading has no PeriodEnd that is a date. Write it as year-month-day.")
    return period_end
