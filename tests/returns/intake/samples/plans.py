"""Lists of EHC plans."""

from tests.returns.intake.samples import NOT_KNOWN, SIXTH_FORM, YEAR_11, csv_of, day

EZRA, IDRIS, NED = YEAR_11[4], SIXTH_FORM[2], NOT_KNOWN[1]


def sample_sen_team() -> tuple[str, bytes, dict[str, int]]:
    headings = "Surname,Forename,DOB,Postcode,Placement status,Date plan issued"
    content = csv_of(
        headings,
        [EZRA[1], EZRA[0], day(EZRA[2]), EZRA[4], "Consulting", "12/01/2022"],
        [IDRIS[1], IDRIS[0], day(IDRIS[2]), IDRIS[4], "Named placement", "03/03/2019"],
        [NED[1], NED[0], day(NED[2]), NED[4], "In assessment", ""],
    )
    return "EHCP tracker.csv", content, {"rows": 3, "records": 2, "unchanged": 1, "errors": 0, "queries": 0}
