"""The heading of the DfE's file: whose it is, which month it reports, who made it."""

from dataclasses import dataclass
from datetime import date

from returns.nccis.record import as_day
from tracking.rules.ruleset import RuleSet

DATABASE_ID_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Header:
    """A FileHeader, every field as text."""

    database_ids: tuple[str, ...] = ()
    la_codes: tuple[str, ...] = ()
    date_of_send: str = ""
    period_end: str = ""
    supplier_name: str = ""
    supplier_xml_version: str = ""
    xml_schema_version: str = ""

    @property
    def period_ends_on(self) -> date | None:
        """The last day of the month reported, where the file says one."""
        return as_day(self.period_end)


def refusals(header: Header, ruleset: RuleSet) -> list[str]:
    """Why the DfE would refuse the whole file for its heading; empty when it would not."""
    return [
        *_database_refusals(header.database_ids),
        *_authority_refusals(header.la_codes, ruleset),
        *_date_refusals(header),
    ]


def _database_refusals(database_ids: tuple[str, ...]) -> list[str]:
    if not database_ids:
        return ["The heading names no database. Put its three-digit number into DatabaseID."]
    return [
        f"The database number {number!r} in the heading is not three digits. Correct DatabaseID."
        for number in database_ids
        if not (len(number) == DATABASE_ID_DIGITS and number.isascii() and number.isdigit())
    ]


def _authority_refusals(la_codes: tuple[str, ...], ruleset: RuleSet) -> list[str]:
    if not la_codes:
        return ["The heading names no local authority. Put its three-digit code into LEACode."]
    return [
        f"{code!r} in the heading is not a local authority the DfE knows for this month. Correct LEACode."
        for code in la_codes
        if code not in ruleset.authorities
    ]


def _date_refusals(header: Header) -> list[str]:
    stated = {"DateOfSend": header.date_of_send, "PeriodEnd": header.period_end}
    return [
        f"{name} in the heading is {text!r}, not a date. Write it as year-month-day, such as 2026-10-31."
        for name, text in stated.items()
        if as_day(text) is None
    ]
