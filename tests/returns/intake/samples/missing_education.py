"""Lists of children missing education."""

from tests.returns.intake.samples import YEAR_11, csv_of, day

CLEO, DARA = YEAR_11[2], YEAR_11[3]


def sample_team() -> tuple[str, bytes, dict[str, int]]:
    headings = "Surname,Forename,DOB,Postcode,Situation,Referral date"
    content = csv_of(
        headings,
        [CLEO[1], CLEO[0], day(CLEO[2]), CLEO[4], "CME", "21/09/2026"],
        [DARA[1], DARA[0], day(DARA[2]), DARA[4], "Whereabouts unknown", "28/09/2026"],
        ["Newcomer", "Nico", "04/05/2012", "", "Awaiting placement", "05/10/2026"],
        ["Later", "Lou", "04/05/2012", "", "EOTAS", "05/12/2026"],
    )
    expected = {"rows": 4, "records": 2, "new_person": 1, "stopped": 1, "errors": 1}
    return "CME log.csv", content, expected
