"""Autumn enrolment returns of a school and of a college."""

from tests.returns.intake.samples import AT_COLLEGE, SIXTH_FORM, csv_of, day, xlsx_of

GIL, HEBE, IDRIS = SIXTH_FORM
JUNO, KIT, LARK = AT_COLLEGE


def sample_school() -> tuple[str, bytes, dict[str, int]]:
    """Two of three are there, one has a mistyped day."""
    headings = "Surname,Forename,DOB,UPN,Year group,Postcode"
    content = xlsx_of(
        headings,
        [GIL[1], GIL[0], day(GIL[2]), GIL[3], "12", GIL[4]],
        [HEBE[1], HEBE[0], day(HEBE[2]), HEBE[3], "12", HEBE[4]],
        ["Newcomer", "Nora", "31/11/2009", "", "12", "ZZ9 2BB"],
        above=["Hill School: sixth form", ""],
    )
    return "9990001SchoolPost16Enrolment2026-27.xlsx", content, {"rows": 3, "stopped": 1, "errors": 1}


def sample_college() -> tuple[str, bytes, dict[str, int]]:
    headings = "Last Name,First Name,Date of Birth,Course,Start Date,Postcode"
    content = csv_of(
        headings,
        *([each[1], each[0], day(each[2]), "Level 2 Plumbing", "07/09/2026", each[4]] for each in AT_COLLEGE),
    )
    return "ValeCollegePost16Enrolment2026-27.csv", content, {"rows": 3, "errors": 0, "missing": 0}
