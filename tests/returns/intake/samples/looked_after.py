"""Lists of children in care and care leavers."""

from tests.returns.intake.samples import AT_COLLEGE, NOT_KNOWN, YEAR_11, csv_of, day, xlsx_of

ADA, BRAM, CLEO, *_ = YEAR_11
JUNO, MONA = AT_COLLEGE[0], NOT_KNOWN[0]


def sample_virtual_school() -> tuple[str, bytes, dict[str, int]]:
    """The legal statuses of a care system, who looks after whom, a child too young and one nobody knows yet."""
    headings = "Surname,Forename,DOB,Postcode,Legal status,Period of care start,UASC,Responsible LA"
    content = xlsx_of(
        headings,
        [ADA[1], ADA[0], day(ADA[2]), ADA[4], "Full care order", "03/02/2024", "No", "Camden"],
        [BRAM[1], BRAM[0], day(BRAM[2]), BRAM[4], "Section 20", "12/05/2026", "Yes", ""],
        ["Small", "Sid", "09/03/2017", "", "Full care order", "01/02/2020", "", ""],
        ["Newcomer", "Nia", "03/04/2011", "ZZ9 4QQ", "LAC", "01/09/2026", "", ""],
        above=["Virtual school: children looked after"],
    )
    return (
        "LAC October 2026.xlsx",
        content,
        {"rows": 4, "records": 2, "new_person": 1, "left_out": 1, "errors": 0, "queries": 0},
    )


def sample_care_leavers() -> tuple[str, bytes, dict[str, int]]:
    """The team for older ones: a status nobody lists, and a day that never was."""
    headings = "Last name,First name,Date of birth,Postcode,Status,From,To"
    content = csv_of(
        headings,
        [JUNO[1], JUNO[0], day(JUNO[2]), JUNO[4], "Former relevant", "30/10/2025", ""],
        [MONA[1], MONA[0], day(MONA[2]), MONA[4], "Staying put", "", ""],
        [CLEO[1], CLEO[0], "31/11/2010", "", "Left care", "", "01/10/2026"],
    )
    return "care leavers.csv", content, {"rows": 3, "records": 1, "stopped": 2, "errors": 2}
