"""Lists of the youth justice service."""

from tests.returns.intake.samples import SIXTH_FORM, YEAR_11, csv_of, day

DARA, GIL, HEBE = YEAR_11[3], *SIXTH_FORM[:2]


def sample_orders() -> tuple[str, bytes, dict[str, int]]:
    """Orders by their short names, one in custody, one that ended before it began."""
    headings = "Surname,Forename,DOB,Postcode,Order type,Order start date,Order end date,In custody"
    content = csv_of(
        headings,
        [DARA[1], DARA[0], day(DARA[2]), DARA[4], "RO", "05/10/2026", "04/04/2027", ""],
        [GIL[1], GIL[0], day(GIL[2]), GIL[4], "DTO", "05/10/2026", "", "Y"],
        [HEBE[1], HEBE[0], day(HEBE[2]), HEBE[4], "YRO", "05/10/2026", "05/09/2026", ""],
    )
    return "YJS caseload.csv", content, {"rows": 3, "records": 2, "stopped": 1, "errors": 1}
