"""A month's joiners and leavers, of a school in one file and of a college in two."""

from tests.returns.intake.samples import AT_COLLEGE, NOT_KNOWN, SIXTH_FORM, YEAR_11, csv_of, day, xlsx_of

JUNO, KIT, LARK = AT_COLLEGE
GIL, HEBE, IDRIS = SIXTH_FORM
MONA, NED = NOT_KNOWN
ADA = YEAR_11[0]


def sample_leavers_of_a_college() -> tuple[str, bytes, dict[str, int]]:
    """Two left, and three mistakes: a day to come, no day, somebody who was never there."""
    headings = "Surname,Forename,DOB,Post Code,Date of leaving,Withdrawal reason,Destination,Destination name"
    content = csv_of(
        headings,
        [JUNO[1], JUNO[0], day(JUNO[2]), JUNO[4], "02/10/2026", "Got a job", "Working", "Vale Bakery"],
        [KIT[1], KIT[0], day(KIT[2]), KIT[4], "07/10/2026", "Ill health", "", ""],
        [LARK[1], LARK[0], day(LARK[2]), LARK[4], "20/11/2026", "Moved away", "", ""],
        [MONA[1], MONA[0], day(MONA[2]), MONA[4], "", "", "", ""],
        [GIL[1], GIL[0], day(GIL[2]), GIL[4], "02/10/2026", "Poor attendance", "", ""],
    )
    expected = {"rows": 5, "left": 2, "stopped": 3, "errors": 3}
    return "VALECollegeLeaversOct.csv", content, expected


def sample_joiners_of_a_college() -> tuple[str, bytes, dict[str, int]]:
    """One from the sixth form, one nobody knew of, one who came and left again."""
    headings = "Learner ref,Surname,Forename,DOB,Post Code,Joined,Date left,Course"
    content = xlsx_of(
        headings,
        ["10001", HEBE[1], HEBE[0], day(HEBE[2]), HEBE[4], "05/10/2026", "", "Health T Level"],
        ["10002", "Newcomer", "Nia", "14/02/2010", "ZZ9 2AA", "05/10/2026", "", "Brickwork"],
        ["10003", NED[1], NED[0], day(NED[2]), NED[4], "14/09/2026", "02/10/2026", "Brickwork"],
        above=["Vale College"],
    )
    expected = {"rows": 3, "new_here": 1, "new_person": 1, "left": 1, "errors": 0}
    return "VALECollegeJoinersOct.xlsx", content, expected


def sample_both_of_a_school() -> tuple[str, bytes, dict[str, int]]:
    """A leaver of the sixth form with a parent's number, one of Year 11, and a joiner of Year 10."""
    headings = (
        "Surname,Forename,DOB,Post Code,Admission date,Leaving date,Reason left,Contact number,Whose number,"
        "Last known next step"
    )
    content = csv_of(
        headings,
        [IDRIS[1], IDRIS[0], day(IDRIS[2]), IDRIS[4], "", "30/09/2026", "Wrong course", "01632 960002", "Mum",
         "An apprenticeship"],
        [ADA[1], ADA[0], day(ADA[2]), ADA[4], "", "09/10/2026", "Left area", "", "", ""],
        ["Younger", "Yara", "11/11/2011", "ZZ9 2AB", "01/10/2026", "", "", "", "", ""],
    )  # fmt: skip
    expected = {"rows": 3, "left": 2, "new_person": 1, "errors": 0}
    return "9990001SchoolJoinersLeaversOct.csv", content, expected
