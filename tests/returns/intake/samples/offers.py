"""Offers as a school and a college send them."""

from tests.returns.intake.samples import SIXTH_FORM, YEAR_11, csv_of, day, xlsx_of

ADA, BRAM, CLEO, DARA, EZRA, FERN = YEAR_11
GIL, HEBE, IDRIS = SIXTH_FORM


def sample_school() -> tuple[str, bytes, dict[str, int]]:
    """Its own sixth form, another place, somebody who applied nowhere, and a line of which nothing is said."""
    headings = (
        "Last name,First name,Date of birth,Our own offer,Offer elsewhere: where,How it stands,Conditions,"
    )
    headings += "Begins on"
    content = xlsx_of(
        headings,
        [ADA[1], ADA[0], day(ADA[2]), "Yes", "", "", "", ""],
        [
            BRAM[1],
            BRAM[0],
            day(BRAM[2]),
            "No",
            "Vale College",
            "Conditional",
            "Five GCSEs at grade 4",
            "06/09/2027",
        ],
        [CLEO[1], CLEO[0], day(CLEO[2]), "", "", "No application", "", ""],
        [DARA[1], DARA[0], day(DARA[2]), "", "", "", "", ""],
        above=["Hill School: September Guarantee"],
    )
    return (
        "9990001SeptemberGuarantee2026-27.xlsx",
        content,
        {"rows": 4, "records": 3, "unchanged": 1, "errors": 0},
    )


def sample_college() -> tuple[str, bytes, dict[str, int]]:
    """Two courses for one, a place that begins in February, somebody of another council, and a word nobody knows."""
    headings = "Surname,Forename,DOB,Postcode,Course title,Offer status,Start date,School,Home LA"
    content = csv_of(
        headings,
        [ADA[1], ADA[0], day(ADA[2]), ADA[4], "Level 3 Art", "Conditional", "06/09/2027", "Hill School", ""],
        [
            ADA[1],
            ADA[0],
            day(ADA[2]),
            ADA[4],
            "Level 2 Art",
            "Unconditional",
            "06/09/2027",
            "Hill School",
            "",
        ],
        [
            GIL[1],
            GIL[0],
            day(GIL[2]),
            GIL[4],
            "Level 2 Joinery",
            "Offer made",
            "07/02/2028",
            "Hill School",
            "",
        ],
        [
            "Stranger",
            "Sol",
            "09/09/2010",
            "",
            "Level 1 Catering",
            "Accepted",
            "06/09/2027",
            "Far School",
            "Nextshire",
        ],
        [FERN[1], FERN[0], day(FERN[2]), FERN[4], "A levels", "Perhaps", "06/09/2027", "", ""],
    )
    return "ValeCollegeOffers2026-27.csv", content, {"rows": 5, "records": 4, "beside": 1, "queries": 1}


def sample_college_five_lines_of_one() -> tuple[str, bytes, dict[str, int]]:
    """One applicant with four courses, one of them on two lines."""
    headings = "Surname,Forename,DOB,Postcode,Course title,Offer status,Start date"
    courses = (
        ("Level 3 Art", "Conditional"),
        ("Level 3 Design", "Applied"),
        ("Level 2 Art", "Unconditional"),
        ("Level 1 Catering", "Rejected"),
        ("Level 3 Art", "Conditional"),
    )
    rows = [[ADA[1], ADA[0], day(ADA[2]), ADA[4], *each, "06/09/2027"] for each in courses]
    return "offers.csv", csv_of(headings, *rows), {"rows": 5, "records": 4, "unchanged": 1, "errors": 0}
