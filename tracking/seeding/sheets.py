"""The tables the invented people fill, as lines of PostgreSQL's COPY."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "tracking_youngperson": (
            "id", "authority_id", "ref", "young_person_id", "previous_id", "given_name", "middle_name", "family_name",
            "known_as", "date_of_birth", "gender", "ethnicity", "upn", "uln", "educated_la", "la_at_year_11",
            "cohort_status", "cohort_status_on", "transferred_to_la", "level_of_need", "has_guarantee",
            "intended_destination", "restricted_on", "restricted_reason", "source", "version", "created_at",
        ),
        "tracking_formername": ("person_id", "given_name", "family_name", "until"),
        "tracking_residence": (
            "person_id", "line_1", "line_2", "line_3", "line_4", "town", "county", "postcode", "district_id",
            "starts_on", "ends_on", "source",
        ),
        "tracking_contactpoint": (
            "person_id", "kind", "value", "whose", "name", "from_institution", "do_not_use", "starts_on", "ends_on",
        ),
        "tracking_activity": (
            "id", "person_id", "code", "starts_on", "ends_on", "is_primary", "establishment_id", "establishment_number",
            "establishment_name", "ukprn", "predicted_end_on", "review_on", "ascertained_on", "neet_since_on", "course",
            "leaving_reason", "source", "version",
        ),
        "tracking_confirmation": ("activity_id", "verified_on", "source", "recorded_at"),
        "tracking_characteristic": ("person_id", "code", "starts_on", "ends_on", "source"),
        "tracking_guarantee": ("person_id", "year_group", "status", "la_code", "status_on", "reason"),
        "tracking_objection": ("person_id", "made_by", "made_on", "withdrawn_on", "channel"),
        "tracking_responsibility": ("person_id", "service_id", "user_id", "kind", "starts_on", "ends_on"),
        "tracking_claim": ("person_id", "code", "place", "said_on", "said_by", "channel", "state"),
        "tracking_note": ("person_id", "service_id", "text", "written_by_id", "written_at"),
        "tracking_task": (
            "authority_id", "person_id", "kind", "words", "cause", "owner_id", "due_on", "opened_at",
            "outcome",
        ),
        "tracking_accessgrant": ("person_id", "user_id", "kind", "reason", "granted_at", "until"),
    }
)  # fmt: skip

Value = str | int | bool | None


class Sheets:
    """Collects rows by table until they are copied."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = defaultdict(list)

    def add(self, table: str, *values: object) -> None:
        """One row, its values in the order of COLUMNS."""
        self.lines[table].append("\t".join(["\\N" if value is None else str(value) for value in values]))

    def take(self) -> dict[str, list[str]]:
        """All rows so far, leaving none."""
        taken, self.lines = self.lines, defaultdict(list)
        return taken
