"""The columns of an error report. Its layout is not published, so a person may say which heading holds what."""

import re
from collections.abc import Mapping, Sequence

from returns.bring.layouts import Column

REPORT = (
    Column(
        "number",
        "CCIS number",
        ("YoungPersonsID", "Young persons ID", "Young person ID", "YPID", "Client ID", "Record ID", "ID"),
        room=40,
        required=True,
    ),
    Column(
        "code",
        "Error number",
        ("Error code", "ErrorCode", "Error", "Error no", "Error ID", "Code", "Rule", "Validation rule"),
        room=8,
        required=True,
    ),
    Column("field", "Field", ("Field name", "FieldName", "Element", "Tag", "Data item", "XML tag"), room=60),
    Column(
        "words",
        "What is wrong",
        ("Description", "Error description", "Message", "Error message", "Error text", "Reason"),
        room=300,
    ),
)
NEEDED = tuple(column.name for column in REPORT if column.required)
_SIGNS = re.compile(r"[^A-Za-z0-9-]+")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])0*(\d{1,4})(?:\.0+)?(?![0-9])")


def is_enough(columns: Mapping[str, str], headings: Sequence[str]) -> bool:
    """Whether whose record and which error can be read off these headings."""
    return all(columns.get(name) in headings for name in NEEDED)


def error_number(text: str, known: Mapping[str, object]) -> str:
    """The number of an error as our rules know it, from "40", "040", "Error 40" or "YP40"; its letters and figures
    where they name none."""
    text = text.strip()
    if text in known:
        return text
    found = _NUMBER.search(text) or re.search(r"0*(\d{1,4})$", text)
    if found and found.group(1) in known:
        return found.group(1)
    return _SIGNS.sub("", text)[:8] or "other"
