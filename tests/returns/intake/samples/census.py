"""School censuses of many schools in one file."""

from tests.returns.intake.samples import SIXTH_FORM, YEAR_11, csv_of, day

ADA, BRAM, GIL = *YEAR_11[:2], SIXTH_FORM[0]


def sample_autumn() -> tuple[str, bytes, dict[str, int]]:
    """The census's own headings: who does not agree to be passed on, a guest, a school nobody knows, a young one."""
    headings = "Estab,Surname,Forename,Gender,DoB,EnrolStatus,EntryDate,NCyearActual,YSSA,Postcode"
    content = csv_of(
        headings,
        ["9990001", ADA[1], ADA[0], "F", day(ADA[2]), "C", "01/09/2021", "11", "No", ADA[4]],
        ["9990001", BRAM[1], BRAM[0], "F", day(BRAM[2]), "C", "01/09/2021", "11", "UNS", BRAM[4]],
        ["9990001", GIL[1], GIL[0], "F", day(GIL[2]), "M", "01/09/2021", "12", "Yes", GIL[4]],
        ["9990001", "Newcomer", "Nia", "F", "03/04/2012", "C", "01/09/2026", "9", "Yes", "ZZ9 4QQ"],
        ["9990001", "Guest", "Gus", "M", "03/04/2012", "G", "01/09/2026", "9", "Yes", "ZZ9 4QQ"],
        ["9998888", "Elsewhere", "Eli", "M", "03/04/2012", "C", "01/09/2026", "9", "Yes", "ZZ9 4QQ"],
        ["9990001", "Small", "Sid", "M", "03/04/2018", "C", "01/09/2026", "3", "Yes", "ZZ9 4QQ"],
    )
    expected = {
        "rows": 7,
        "records": 1,
        "unchanged": 2,
        "new_person": 2,
        "stopped": 1,
        "left_out": 1,
        "errors": 1,
    }
    return "Autumn census.csv", content, expected


def sample_of_three_schools() -> tuple[str, bytes, dict[str, int]]:
    """Of schools by three kinds of numbers; one pupil changed school, one is registered at two."""
    headings = "URN,Surname,Forename,Gender,DoB,EnrolStatus,EntryDate,NCyearActual,YSSA,Postcode"
    content = csv_of(
        headings,
        ["999001", ADA[1], ADA[0], "F", day(ADA[2]), "C", "01/09/2021", "11", "Yes", ADA[4]],
        ["999003", BRAM[1], BRAM[0], "F", day(BRAM[2]), "C", "14/09/2026", "11", "Yes", BRAM[4]],
        ["999003", GIL[1], GIL[0], "F", day(GIL[2]), "S", "14/09/2026", "12", "Yes", GIL[4]],
        ["9990004", "Newcomer", "Nia", "F", "03/04/2012", "C", "01/09/2026", "9", "Yes", "ZZ9 4QQ"],
    )
    return "census.csv", content, {"rows": 4, "records": 1, "unchanged": 2, "new_person": 1, "errors": 0}
