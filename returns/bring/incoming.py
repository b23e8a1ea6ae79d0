"""One record of a DfE return made ready for the register: typed, measured, with what cannot be held set aside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from returns.bring.outcome import Problem
from returns.nccis.record import Record, as_day

# What the register holds of a record, with the longest text it has room for (None: a date).
COLUMNS: Mapping[str, int | None] = {
    "young_persons_id": 13,
    "cohort_status": 1,
    "given_name": 100,
    "middle_name": 100,
    "family_name": 100,
    "address_line_1": 100,
    "address_line_2": 100,
    "address_line_3": 100,
    "address_line_4": 100,
    "town": 60,
    "county": 60,
    "postcode": 8,
    "gender": 1,
    "dob": None,
    "ethnicity": 4,
    "lead_lea": 3,
    "educated_lea": 3,
    "transferred_to_la_code": 3,
    "lea_code_at_year_11": 3,
    "unique_learner_no": 10,
    "unique_pupil_number": 13,
    "guarantee_status_indicator": 1,
    "previous_ypid_identifier": 13,
    "year_11_guarantee_status": 3,
    "year_11_lea_code": 3,
    "year_12_guarantee_status": 3,
    "year_12_lea_code": 3,
    "level_of_need_code": 1,
    "send_flag": 1,
    "sen_support_flag": 1,
    "activity_code": 3,
    "start_date": None,
    "date_ascertained": None,
    "date_verified": None,
    "review_date": None,
    "establishment_number": 7,
    "establishment_name": 160,
    "uk_provider_reference_number": 8,
    "neet_start_date": None,
    "predicted_end_date": None,
    "intended_destination_yr_11": 3,
}
WORDS = {
    "young_persons_id": "YoungPersonsID",
    "dob": "DOB",
    "start_date": "StartDate",
    "activity_code": "ActivityCode",
    "lead_lea": "LeadLEA",
}


@dataclass
class Sieve:
    """Lets through what the register can hold and remembers the rest."""

    authorities: Mapping[str, int]
    period_end: date
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    _seen: set[tuple[int, str]] = field(default_factory=set)

    def rows(self, records: Iterable[Record]) -> Iterator[tuple[object, ...]]:
        """Typed rows for the waiting table: row number, authority, then the columns, then the characteristics."""
        for row, record in enumerate(records, start=1):
            self.read = row
            authority = self._place(row, record)
            if authority is not None:
                yield self._typed(row, authority, record)

    def _place(self, row: int, record: Record) -> int | None:
        """The authority's key, or None with the reason noted."""
        number = record.young_persons_id
        if not (len(number) == 13 and number.isascii() and number.isdigit()):
            self._refuse(row, record, "young_persons_id", "The number of a young person has 13 digits.")
            return None
        authority = self.authorities.get(record.lead_lea)
        if authority is None:
            self._refuse(
                row, record, "lead_lea", "This authority has no register here, or is not yours to load."
            )
            return None
        if (authority, number) in self._seen:
            self._refuse(
                row, record, "young_persons_id", "This number came before in the file; the first was taken."
            )
            return None
        self._seen.add((authority, number))
        return authority

    def _typed(self, row: int, authority: int, record: Record) -> tuple[object, ...]:
        values = {name: self._value(row, record, name, room) for name, room in COLUMNS.items()}
        if not values["activity_code"]:
            self._note(row, record, "activity_code", "No activity was taken: the record names none.")
        elif values["start_date"] is None:
            known = values["date_ascertained"] or values["date_verified"] or self.period_end
            values["start_date"] = known
            self._note(
                row, record, "start_date", f"The activity has no start; {known:%-d %B %Y} was taken instead."
            )
        return (row, authority, *values.values(), list(record.characteristics))

    def _value(self, row: int, record: Record, name: str, room: int | None) -> object:
        text: str = getattr(record, name).replace("\x00", "")
        if room is None:
            day = as_day(text)
            if text and day is None:
                self._note(row, record, name, "This is not a date; nothing was taken.")
            return day
        if len(text) > room:
            self._note(row, record, name, f"Longer than {room} characters; nothing was taken.")
            return ""
        return text

    def _note(self, row: int, record: Record, name: str, why: str, whole_row: bool = False) -> None:
        shown = str(getattr(record, name))[:200]
        self.problems.append(
            Problem(row, record.young_persons_id[:40], WORDS.get(name, name), shown, why, whole_row)
        )

    def _refuse(self, row: int, record: Record, name: str, why: str) -> None:
        self._note(row, record, name, why, whole_row=True)
