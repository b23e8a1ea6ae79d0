"""The words of the DfE's code lists: what a code is called, what it counts as, what it asks of a record."""

from dataclasses import dataclass
from enum import StrEnum

from tracking.rules.guarantee import Stand


class Status(StrEnum):
    """What a young person counts as on a day. NOT_KNOWN is a status of its own, neither NEET nor nothing."""

    COMPULSORY = "COMPULSORY"
    EET = "EET"
    NEET = "NEET"
    NOT_KNOWN = "NOT_KNOWN"
    EXCLUDED = "EXCLUDED"


class Basis(StrEnum):
    """The day from which a confirmation is counted until it lapses."""

    ACADEMIC_YEAR_END = "academic year end"
    VERIFIED = "verified"
    REVIEW = "review"
    NEVER = "never"


class Need(StrEnum):
    """What an activity code asks of the rest of the record."""

    PREDICTED_END_DATE = "predicted_end_date"
    REVIEW_DATE = "review_date"
    DUE_TO_LAPSE_DATE = "due_to_lapse_date"
    CHARACTERISTIC = "characteristic"
    SEND = "send"
    AGE_AT_START = "age_at_start"


class Measure(StrEnum):
    """What the DfE judges a council by once a year."""

    NEET_NOT_KNOWN = "neet and not known"
    PARTICIPATION = "participation"
    GUARANTEE = "guarantee"


class CohortKind(StrEnum):
    """What a cohort status letter means."""

    PRIMARY = "primary"
    GUARANTEE = "guarantee"
    AGED_OUT = "aged out"
    TRANSFERRED = "transferred"
    LEFT_ENGLAND = "left england"
    MERGED = "merged"
    DECEASED = "deceased"
    PLAN_ENDED = "plan ended"


class AreaKind(StrEnum):
    """What a local authority code stands for."""

    AUTHORITY = "authority"
    NON_GEOGRAPHIC = "non-geographic"
    OUTSIDE_ENGLAND = "outside England"
    UNKNOWN = "unknown area"


class Belief(StrEnum):
    """How a source's word stands against another's on one field. NEWEST: the later word counts. FILLS: taken where
    nothing is known. GIVES_WAY: any word of another replaces it. NEVER: changes nothing, a person has to take it."""

    NEWEST = "newest"
    FILLS = "fills"
    GIVES_WAY = "gives way"
    NEVER = "never"


class Evidence(StrEnum):
    """How sure we are of a row: read in a source up to the year it was last seen, carried over from there to
    later years, or not confirmed at all (R153)."""

    CONFIRMED = "confirmed"
    CARRIED_OVER = "carried over"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Code:
    """One code: the DfE's label, and the short words an officer picks it by."""

    code: str
    label: str
    plain_words: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ActivityCode(Code):
    """What a young person does; `duty` is how it stands towards the duty to participate."""

    family: str
    status: Status
    participation_type: str
    counts_in_education_and_training: bool
    duty: str
    duty_evidence: Evidence


@dataclass(frozen=True, slots=True)
class CharacteristicCode(Code):
    """A circumstance; `not_with_gender` is a gender code it contradicts (error 260)."""

    in_vulnerable_group: bool
    not_with_gender: str


@dataclass(frozen=True, slots=True)
class CohortStatusCode(Code):
    """Why a record is in the file; a leaver is sent once, in the month of leaving."""

    kind: CohortKind
    sent_once: bool
    may_be_over_age: bool
    may_lack_plan: bool


@dataclass(frozen=True, slots=True)
class GuaranteeStatusCode(Code):
    """How the September Guarantee stands, and for which of the two years the code may be used."""

    family: str
    valid_year_11: bool
    valid_year_12: bool
    stand: Stand


@dataclass(frozen=True, slots=True)
class AreaCode(Code):
    """A local authority, or one of the codes that stand where there is none."""

    kind: AreaKind
    ons_code: str
    region: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something an activity code asks of the rest of the record, and the DfE error raised without it."""

    activity_code: str
    need: Need
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class CurrencyRule:
    """How long a confirmation of this activity holds."""

    activity_code: str
    basis: Basis
    amount: int
    unit: str
    capped_by_end: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """One DfE error: what is wrong and how to mend it, in an officer's words, and where on the record."""

    code: str
    priority: int
    field: str
    place: str
    wrong: str
    mend: str
    rejects_file: bool
    evidence: Evidence

    @property
    def is_warning(self) -> bool:
        """Priority 3 is said but not counted."""
        return self.priority == 3


@dataclass(frozen=True, slots=True)
class FigureMonths:
    """The months a yearly figure is made from, in order, by their numbers: 12, 1, 2."""

    code: str
    plain_words: str
    measure: Measure
    months: tuple[int, ...]
    evidence: Evidence
