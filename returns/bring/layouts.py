"""The columns of the files beside the DfE return: which there are, what they may be called, what they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from neet.files.rules.headings import folded


class Kind(StrEnum):
    TEXT = "text"
    DAY = "date"


@dataclass(frozen=True)
class Column:
    """One column: its name here, the words people know it by, other headings it goes under."""

    name: str
    words: str
    also: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    room: int = 160
    required: bool = False


WHO = (
    Column(
        "number",
        "CCIS number",
        ("YoungPersonsID", "Young person ID", "Client ID", "STUD_ID", "Core ID"),
        room=13,
    ),
    Column("upn", "UPN", ("Unique pupil number",), room=13),
    Column("given_name", "First name", ("Forename", "Given name"), room=100),
    Column("family_name", "Last name", ("Surname", "Family name"), room=100),
    Column("born_on", "Date of birth", ("DOB", "Birth date"), Kind.DAY),
)
CONTACTS = (
    *WHO,
    Column("mobile", "Mobile", ("Mobile phone", "Mobile number", "YP mobile"), room=120),
    Column("telephone", "Telephone", ("Home phone", "Phone", "Home telephone"), room=120),
    Column("email", "E-mail", ("Email", "Email address", "E-mail address"), room=120),
    Column("parent_name", "Parent or carer", ("Parent", "Carer", "Parent name"), room=120),
    Column(
        "parent_telephone", "Parent telephone", ("Parent phone", "Parent mobile", "Carer phone"), room=120
    ),
    Column("parent_email", "Parent e-mail", ("Parent email", "Carer email"), room=120),
)
ACTIVITIES = (
    *WHO,
    Column("code", "Activity code", ("NCCIS code", "NCCIS_CODE", "Code", "Activity"), room=3, required=True),
    Column("starts_on", "Start date", ("StartDate", "Start", "From"), Kind.DAY, required=True),
    Column("ends_on", "End date", ("EndDate", "End", "To"), Kind.DAY),
    Column("verified_on", "Confirmed on", ("DateVerified", "CONFIRMED_DATE", "Verified"), Kind.DAY),
    Column("predicted_end_on", "Expected end", ("PredictedEndDate", "Planned end"), Kind.DAY),
    Column("review_on", "Review date", ("ReviewDate",), Kind.DAY),
    Column("establishment_number", "DfE number", ("EstablishmentNumber", "LAESTAB", "DfENo"), room=7),
    Column("establishment_name", "Place", ("EstablishmentName", "School", "Provider", "College")),
)
CASELOAD = (
    *WHO,
    Column("service", "Service", ("Team",), room=80),
    Column("worker", "Worker e-mail", ("Worker", "Lead worker", "Key worker", "Worker email"), room=120),
    Column("starts_on", "Since", ("Start date", "From", "Allocated on"), Kind.DAY),
    Column("ends_on", "Until", ("End date", "To", "Closed on"), Kind.DAY),
)
LAYOUTS: Mapping[str, tuple[Column, ...]] = {
    "contacts": CONTACTS,
    "activities": ACTIVITIES,
    "caseload": CASELOAD,
}


def placed(layout: Sequence[Column], headings: Sequence[str]) -> dict[str, str]:
    """Which heading of the file holds which column; a heading is used once, the first column that knows it wins."""
    free = {folded(heading): heading for heading in reversed(headings)}
    found = {}
    for column in layout:
        for known in (column.words, *column.also):
            if heading := free.pop(folded(known), None):
                found[column.name] = heading
                break
    return found
