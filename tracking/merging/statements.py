"""What travels when two records are put together."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.rules.ruleset import RuleSet


@dataclass(frozen=True, slots=True)
class Together:
    """Two records becoming one: which is kept, which goes, who does it, when, and under which rules. `takes` names the
    fields of which the value of the record that goes stands from now on."""

    kept: int
    gone: int
    by: int
    on: date
    at: datetime
    rules: RuleSet
    takes: frozenset[str] = frozenset()

    @property
    def both(self) -> list[int]:
        """Their database ids, the kept one first."""
        return [self.kept, self.gone]


# Fields of a young person of which one record's value stands: by name what a page calls them.
FIELDS = {
    "given_name": "First name",
    "middle_name": "Middle names",
    "family_name": "Last name",
    "known_as": "Known as",
    "date_of_birth": "Date of birth",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "upn": "UPN",
    "uln": "ULN",
    "educated_la": "Educated by",
    "la_at_year_11": "Council in Year 11",
    "corporate_parent_la": "Looked after by",
    "level_of_need": "Level of need",
    "intended_destination": "Plans after Year 11",
}
# What is said of the cohort is taken whole.
COHORT = ("cohort_status", "cohort_status_on", "transferred_to_la")
