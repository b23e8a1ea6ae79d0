"""Autumn enrolment returns of a school and of a college."""

from tests.returns.intake.samples import AT_COLLEGE, SIXTH_FORM, csv_of, day, ods_of, xls_of, xlsx_of

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


WHO = "Surname,Forename,DOB,UPN,Year group,Postcode"


def twelve(pupil: tuple[str, str, str, str, str]) -> list[str]:
    return [pupil[1], pupil[0], day(pupil[2]), pupil[3], "12", pupil[4]]


def sample_school_semicolons() -> tuple[str, bytes, dict[str, int]]:
    """A CSV file as a continental spreadsheet writes it."""
    content = csv_of(WHO, *(twelve(each) for each in SIXTH_FORM)).replace(b",", b";")
    return "sixth form.csv", content, {"rows": 3, "errors": 0, "missing": 5}


def sample_school_wide_letters() -> tuple[str, bytes, dict[str, int]]:
    """Text with tabs, in UTF-16, as Excel calls Unicode text."""
    text = csv_of(WHO, *(twelve(each) for each in SIXTH_FORM)).decode("utf-8-sig").replace(",", "\t")
    return "unicode.txt", text.encode("utf-16"), {"rows": 3, "errors": 0}


def sample_school_whole_names() -> tuple[str, bytes, dict[str, int]]:
    """One column for both names, days in words."""
    rows = [
        [f"{GIL[1]}, {GIL[0]}", "20 September 2009", "Year 12"],
        [f"{HEBE[1]}, {HEBE[0]}", "11-Dec-2009", "12"],
        [f"{IDRIS[1]}, {IDRIS[0]}", "2010-04-08", "Lower Sixth"],
    ]
    content = xlsx_of("Pupil name,Date of birth,Year group", *rows)
    return "9990001SchoolPost16Enrolment2026-27.xlsx", content, {"rows": 3, "errors": 0}


def sample_school_the_same_twice() -> tuple[str, bytes, dict[str, int]]:
    """One pupil on two rows: both wait until somebody says which counts."""
    short = [[*twelve(each)[:3], "12", each[4]] for each in (GIL, GIL, HEBE, IDRIS)]
    content = csv_of("Surname,Forename,DOB,Year group,Postcode", *short)
    return "enrolment.csv", content, {"rows": 4, "stopped": 2, "errors": 2}


def sample_school_formulas() -> tuple[str, bytes, dict[str, int]]:
    """What would compute stays words, and spreadsheet errors are asked about."""
    content = csv_of(
        f"{WHO},Course",
        [*twelve(GIL), "=HYPERLINK(1)"],
        [*twelve(HEBE), "@SUM(A1)"],
        [*twelve(IDRIS), "#REF!"],
    )
    return "enrolment.csv", content, {"rows": 3, "stopped": 1, "errors": 1}


def sample_school_of_year_eleven() -> tuple[str, bytes, dict[str, int]]:
    """Whoever is still in Year 11 is on the wrong return."""
    content = csv_of(WHO, twelve(GIL), ["Ambler", "Ada", "14/09/2010", "", "11", "ZZ9 1AA"])
    return "enrolment.csv", content, {"rows": 2, "stopped": 1, "errors": 1}


def sample_college_by_its_own_words() -> tuple[str, bytes, dict[str, int]]:
    headings = "Learner surname,Learner forename,DOB,Learning aim,Start date,Planned end date,EHCP"
    content = xlsx_of(
        headings,
        [JUNO[1], JUNO[0], day(JUNO[2]), "Level 3 Art", "07/09/2026", "30/06/2028", "No"],
        [KIT[1], KIT[0], day(KIT[2]), "Level 1 Construction", "07/09/2026", "30/06/2027", "No"],
        [LARK[1], LARK[0], day(LARK[2]), "Level 2 Care", "", "", ""],
    )
    return "ValeCollegePost16Enrolment2026-27.xlsx", content, {"rows": 3, "errors": 0}


def sample_school_of_libreoffice() -> tuple[str, bytes, dict[str, int]]:
    content = ods_of(WHO, *(twelve(each) for each in SIXTH_FORM))
    return "sixth form.ods", content, {"rows": 3, "errors": 0, "continuing": 3, "missing": 5}


def sample_college_of_excel_97() -> tuple[str, bytes, dict[str, int]]:
    headings = "Last Name,First Name,Date of Birth,Course,Start Date,Postcode"
    content = xls_of(
        headings,
        *([each[1], each[0], day(each[2]), "Level 2 Plumbing", "07/09/2026", each[4]] for each in AT_COLLEGE),
    )
    return "students.xls", content, {"rows": 3, "errors": 0, "continuing": 3, "missing": 0}


def sample_school_windows_letters() -> tuple[str, bytes, dict[str, int]]:
    """Semicolons, and letters as Windows writes them: somebody new with an accent and a curly apostrophe."""
    new = ["O’Brién", "Zoë", "14/02/2010", "", "12", "ZZ9 2AA"]
    text = csv_of(WHO, *(twelve(each) for each in SIXTH_FORM), new).decode("utf-8-sig").replace(",", ";")
    return "sixth form.csv", text.encode("cp1252"), {"rows": 4, "errors": 0, "new_person": 1, "missing": 5}


def sample_school_headings_in_row_five() -> tuple[str, bytes, dict[str, int]]:
    above = ["Hill School", "Sixth form list", "Printed 12/10/2026", "Confidential"]
    content = xlsx_of(WHO, *(twelve(each) for each in SIXTH_FORM), above=above)
    return "list for the council.xlsx", content, {"rows": 3, "errors": 0, "missing": 5}


def sample_school_month_first() -> tuple[str, bytes, dict[str, int]]:
    """Days as Americans write them: the whole column is asked about once, and nobody is given another birthday."""
    rows = [
        [GIL[1], GIL[0], "09/20/2009", GIL[3], "12", GIL[4]],
        [HEBE[1], HEBE[0], "12/11/2009", HEBE[3], "12", HEBE[4]],
        [IDRIS[1], IDRIS[0], "04/08/2010", IDRIS[3], "12", IDRIS[4]],
    ]
    return "sixth form.csv", csv_of(WHO, *rows), {"rows": 3, "queries": 3, "continuing": 3, "errors": 0}
