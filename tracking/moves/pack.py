"""The hand-over for a council that keeps no register here: a spreadsheet in the DfE's columns, and its cover."""

from datetime import date
from typing import Any

from neet.documents.pdf import pdf_of
from neet.files.writers import Sheet, xlsx_bytes
from tracking.moves.models import Move
from tracking.moves.queries.handing import HandOver
from tracking.moves.queries.shown import MovePage
from tracking.register.models import Characteristic, Guarantee
from tracking.register.queries.wording import place_of

RECORD = (
    "YoungPersonsID", "GivenName", "MiddleName", "FamilyName", "DOB", "Gender", "Ethnicity", "AddressLine1",
    "AddressLine2", "AddressLine3", "AddressLine4", "Town", "County", "Postcode", "UniqueLearnerNo",
    "UniquePupilNumber", "EducatedLEA", "LEACodeAtYear11", "TransferredToLACode", "LevelOfNeedCode", "SENDFlag",
    "SENSupportFlag", "CharacteristicCode", "ActivityCode", "StartDate", "DateVerified", "DueToLapseDate",
    "EstablishmentNumber", "EstablishmentName", "UKProviderReferenceNumber", "NEETStartDate", "PredictedEndDate",
    "ReviewDate", "GuaranteeStatusYear11", "GuaranteeStatusYear12", "IntendedDestinationYr11", "Objection",
    "KeptAndNotUsedSince", "KeptAndNotUsedWhy",
)  # fmt: skip
WAYS = ("What", "Number or address", "Whose", "Name", "Not to be used")
FLAG = {True: "Y", False: "N"}


def spreadsheet(move: Move, handed: HandOver) -> bytes:
    """One row in the DfE's own columns, and how they and their family can be reached."""
    return xlsx_bytes(
        Sheet("Record", RECORD, [record(move, handed)]),
        Sheet("How to reach them", WAYS, [_way(each) for each in handed.ways_to_reach]),
    )


def record(move: Move, handed: HandOver) -> tuple[Any, ...]:
    """What goes along, in the order of the headings."""
    person, home, held = handed.person, handed.residence, handed.activity
    lines = ("line_1", "line_2", "line_3", "line_4", "town", "county", "postcode")
    codes = {each.code for each in handed.characteristics}
    offered = {each.year_group: each.status for each in handed.guarantees}
    return (
        person.young_person_id, person.given_name, person.middle_name, person.family_name, person.date_of_birth,
        person.gender, person.ethnicity, *(getattr(home, line) if home else "" for line in lines), handed.uln,
        handed.upn, person.educated_la, person.la_at_year_11, move.to_la, person.level_of_need,
        FLAG[Characteristic.EHCP in codes], FLAG[Characteristic.SEN_SUPPORT in codes],
        ", ".join(sorted(codes - set(Characteristic.OUR_OWN))),
        held.code if held else "", held.starts_on if held else None, handed.verified_on,
        handed.standing.facts.counts_until, held.establishment_number if held else "", place_of(held),
        held.ukprn if held else "", handed.neet_since_on, held.predicted_end_on if held else None,
        held.review_on if held else None, offered.get(Guarantee.YearGroup.YEAR_11, ""),
        offered.get(Guarantee.YearGroup.YEAR_12, ""), person.intended_destination, FLAG[handed.objects],
        handed.limit.starts_on if handed.limit else None, handed.limit.get_why_display() if handed.limit else "",
    )  # fmt: skip


def _way(each: Any) -> tuple[str, ...]:
    return (each.get_kind_display(), each.value, each.get_whose_display(), each.name, FLAG[each.do_not_use])


def cover(page: MovePage, council: str, today: date) -> bytes:
    """The cover: who is handed over by whom, on what evidence, what goes along and what is asked in return."""
    return pdf_of("tracking/moves/cover.html", {"page": page, "council": council, "today": today})
