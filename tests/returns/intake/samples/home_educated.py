"""Lists of children taught at home."""

from tests.returns.intake.samples import YEAR_11, csv_of, day

FERN, ADA = YEAR_11[5], YEAR_11[0]


def sample_team() -> tuple[str, bytes, dict[str, int]]:
    """One who left school, one back at school, one new, and a row without a name."""
    headings = "Surname,Forename,DOB,Postcode,Date removed from roll,Date returned to school"
    content = csv_of(
        headings,
        [FERN[1], FERN[0], day(FERN[2]), FERN[4], "14/09/2026", ""],
        ["Newcomer", "Noa", "04/05/2012", "", "01/09/2025", ""],
        ["", "Nobody", "04/05/2012", "", "01/09/2025", ""],
        [ADA[1], ADA[0], day(ADA[2]), ADA[4], "01/09/2025", "06/10/2026"],
    )
    expected = {"rows": 4, "records": 1, "new_person": 1, "stopped": 1, "unchanged": 1, "errors": 1}
    return "EHE register.csv", content, expected
