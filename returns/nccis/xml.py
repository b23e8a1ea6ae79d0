"""Writes the DfE's file: the same header and records give the same bytes.

Records are laid into one constant template a row at a time, without a tree, so memory stays flat. Elements
stand in the order of the 2015 schema and of the returns the DfE has taken since.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from returns.nccis.header import Header
from returns.nccis.record import (
    ACTIVITY_TAGS,
    DESTINATION_TAGS,
    GUARANTEE_TAGS,
    NEED_TAGS,
    PERSONAL_TAGS,
    Record,
)

BATCH = 500
ESCAPES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
# What XML 1.0 has no place for: control characters, halves of surrogate pairs, two that are no characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Written:
    """What was written: how many records, and who had characters in their data that XML cannot hold."""

    records: int = 0
    cleaned: list[str] = field(default_factory=list)


def chunks(header: Header, records: Iterable[Record], written: Written | None = None) -> Iterator[bytes]:
    """The file in pieces of some hundred records, as UTF-8; `written` is filled as they go out.

    Characters XML cannot hold are left out, and the young person's identifier is noted in `written.cleaned`.
    """
    report = written if written is not None else Written()
    yield _heading(header).encode()
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        report.records += len(batch)
        yield "".join([_row(record, report) for record in batch]).encode()
    yield b"</NCCIS>\n"


def _leaves(indent: int, tags: Iterable[str]) -> str:
    return "".join(f"{' ' * indent}<{tag}>%s</{tag}>\n" for tag in tags)


def _block(indent: int, tag: str, inside: str) -> str:
    return f"{' ' * indent}<{tag}>\n{inside}{' ' * indent}</{tag}>\n"


CONTRACT_TAGS = ("YouthContractIndicator", "YouthContractStartDate")  # only in returns of 2015-16 and before
PLAIN_PERSONAL = [tag for tag in PERSONAL_TAGS if tag not in CONTRACT_TAGS]
HEADING_TAGS = ("DateOfSend", "PeriodEnd", "SupplierName", "SupplierXMLVersion", "XMLSchemaVersion")
CONTRACT_AT = Record._fields.index("youth_contract_indicator")
CONTRACT_SLICE = slice(CONTRACT_AT, CONTRACT_AT + len(CONTRACT_TAGS))
GUARANTEE_AT = len(PERSONAL_TAGS)
YEAR_11_SLICE = slice(GUARANTEE_AT, GUARANTEE_AT + 2)
YEAR_12_SLICE = slice(GUARANTEE_AT + 2, GUARANTEE_AT + 4)
NEED_SLICE = slice(GUARANTEE_AT + 4, GUARANTEE_AT + 4 + len(NEED_TAGS))
ACTIVITY_AT = Record._fields.index("activity_code")
ACTIVITY_SLICE = slice(ACTIVITY_AT, ACTIVITY_AT + len(ACTIVITY_TAGS))

PERSONAL = _block(8, "PersonalDetails", _leaves(12, PLAIN_PERSONAL))
PERSONAL_WITH_CONTRACT = _block(8, "PersonalDetails", _leaves(12, PERSONAL_TAGS))
YEAR_11 = _block(12, "Year11", _leaves(16, GUARANTEE_TAGS))
YEAR_12 = _block(12, "Year12", _leaves(16, GUARANTEE_TAGS))
CHARACTERISTIC = _leaves(16, ["CharacteristicCode"])
ACTIVITIES = _block(8, "Activities", _block(12, "Cohort", _leaves(16, ACTIVITY_TAGS)))
DESTINATION = _block(8, "IntendedDestination", _leaves(12, DESTINATION_TAGS))


@cache
def _template(contract: bool, year_11: bool, year_12: bool, characteristics: int, activities: bool) -> str:
    """The shape of a record with these parts; the values go in by their order."""
    codes = _block(12, "Characteristics", CHARACTERISTIC * characteristics) if characteristics else ""
    parts = [
        PERSONAL_WITH_CONTRACT if contract else PERSONAL,
        _block(8, "SeptemberGuarantee", YEAR_11 * year_11 + YEAR_12 * year_12),
        _block(8, "LevelOfNeed", _leaves(12, NEED_TAGS) + codes),
        ACTIVITIES * activities,
        DESTINATION,
    ]
    return _block(4, "YoungPersonsRecord", "".join(parts))


def _row(record: Record, report: Written) -> str:
    row: tuple[Any, ...] = record
    personal, year_11, year_12 = row[:GUARANTEE_AT], row[YEAR_11_SLICE], row[YEAR_12_SLICE]
    contract, codes, activity = row[CONTRACT_SLICE], record.characteristics, row[ACTIVITY_SLICE]
    has_contract, has_11, has_12 = any(contract), any(year_11), any(year_12)
    has_activities = record.has_activities or any(activity)
    if not has_contract:
        personal = (*row[:CONTRACT_AT], record.previous_ypid_identifier)
    values: tuple[str, ...] = (
        *personal,
        *(year_11 if has_11 else ()),
        *(year_12 if has_12 else ()),
        *row[NEED_SLICE],
        *codes,
        *(activity if has_activities else ()),
        record.intended_destination_yr_11,
    )
    if _needs_care("".join(values)):
        values = _careful(record.young_persons_id, values, report)
    return _template(has_contract, has_11, has_12, len(codes), has_activities) % values


def _needs_care(text: str) -> bool:
    """Whether a row holds a sign XML reads as its own, or one out of the ordinary; nearly none does."""
    return "&" in text or "<" in text or ">" in text or not text.isprintable()


def _careful(whose: str, values: tuple[str, ...], report: Written) -> tuple[str, ...]:
    cleaned = tuple(FORBIDDEN.sub("", value) for value in values)
    if cleaned != values:
        report.cleaned.append(FORBIDDEN.sub("", whose))
    return tuple(value.translate(ESCAPES) for value in cleaned)


def _heading(header: Header) -> str:
    single = (
        header.date_of_send,
        header.period_end,
        header.supplier_name,
        header.supplier_xml_version,
        header.xml_schema_version,
    )
    lists = _block(8, "Databases", _leaves(12, ["DatabaseID"] * len(header.database_ids))) + _block(
        8, "SourceLEAs", _leaves(12, ["LEACode"] * len(header.la_codes))
    )
    shape = _block(4, "FileHeader", lists + _leaves(8, HEADING_TAGS))
    values = (*header.database_ids, *header.la_codes, *single)
    written = tuple(FORBIDDEN.sub("", value).translate(ESCAPES) for value in values)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<NCCIS>\n{shape % written}'
