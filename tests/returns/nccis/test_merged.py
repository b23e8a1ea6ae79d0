"""Two records put together: the number that was given up is sent as a duplicate once, and nothing of it is an error."""

import gzip
import io
from datetime import date

import pytest

from returns.nccis.actions import Month, build_file
from returns.nccis.assembly import records
from returns.nccis.reading import Reading
from tests.factories import make_activity, make_person, make_residence
from tests.returns.nccis.conftest import OCTOBER
from tests.returns.nccis.test_assembly import told
from tracking.merging.actions.together import put_together
from tracking.rules.ruleset import RuleSet

NOVEMBER, DECEMBER = date(2026, 11, 30), date(2026, 12, 31)
IDENTITY = {"37", "902", "907"}


@pytest.fixture
def pair(authority, officer):
    authority.code = authority.database_id = "886"
    authority.save()
    said = {
        "family_name": "Quillfeather",
        "date_of_birth": date(2010, 3, 3),
        "uln": "1000000001",
        "ethnicity": "WBRI",
        "educated_la": authority.code,
        "la_at_year_11": authority.code,
        "level_of_need": "3",
    }
    kept, gone = (
        make_person(authority, given_name="Orla", **said),
        make_person(authority, given_name="Ola", **said),
    )
    for person, code in ((kept, "230"), (gone, "210")):
        make_residence(person, line_1="4 Mill Lane", postcode="MK1 1AA")
        make_activity(
            person, code, date(2026, 9, 1), verified_on=date(2026, 9, 20), predicted_end_on=date(2028, 6, 30)
        )
    put_together(kept=kept, gone=gone, takes=set(), by=officer)  # on 20 November
    return kept, gone


def letters(authority, on: date) -> dict[str, str]:
    found = records(authority=authority, period_end=on, ruleset=RuleSet.from_csv(on))
    return {each.young_persons_id: each.cohort_status for each in found}


def test_the_number_given_up_is_sent_as_a_duplicate_once(authority, pair) -> None:
    kept, gone = pair

    assert letters(authority, NOVEMBER) == {kept.young_person_id: "P", gone.young_person_id: "M"}
    told(gone, NOVEMBER, "M")
    assert letters(authority, DECEMBER) == {kept.young_person_id: "P"}


def test_a_month_that_was_not_built_yet_has_one_of_them_too(authority, pair) -> None:
    kept, gone = pair

    assert letters(authority, OCTOBER) == {kept.young_person_id: "P", gone.young_person_id: "M"}
    told(gone, OCTOBER, "M")
    assert letters(authority, NOVEMBER) == {kept.young_person_id: "P"}


def test_the_file_of_the_month_has_no_error_of_numbers(authority, officer, pair) -> None:
    kept, gone = pair

    submission = build_file(month=Month(authority, OCTOBER), by=officer)

    sent = {each.young_persons_id: each for each in Reading(io.BytesIO(gzip.decompress(submission.content)))}
    assert sent[kept.young_person_id].previous_ypid_identifier == gone.young_person_id
    assert sent[gone.young_person_id].cohort_status == "M"
    assert not IDENTITY & set(submission.errors)
    assert submission.errors == {}
