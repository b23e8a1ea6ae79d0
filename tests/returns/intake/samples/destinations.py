"""What a school says of those who left its Year 11."""

from tests.returns.intake.samples import AT_COLLEGE, NOT_KNOWN, csv_of, day, xlsx_of

JUNO, KIT, LARK = AT_COLLEGE
MONA, NED = NOT_KNOWN


def sample_mixed() -> tuple[str, bytes, dict[str, int]]:
    """One known already, two new answers, one blank, one nobody knows."""
    headings = "Surname,Forename,DOB,Destination,Name of destination,Date known"
    content = csv_of(
        headings,
        [JUNO[1], JUNO[0], day(JUNO[2]), "At college, full time", "Vale College", ""],
        [KIT[1], KIT[0], day(KIT[2]), "Apprentice", "Vale Motors", "05/10/2026"],
        [MONA[1], MONA[0], day(MONA[2]), "NEET", "", "01/10/2026"],
        [NED[1], NED[0], day(NED[2]), "", "", ""],
        ["Stranger", "Sol", "09/09/2009", "Working", "A shop", ""],
    )
    expected = {"rows": 5, "records": 2, "unchanged": 2, "beside": 1, "errors": 0}
    return "9990001SchoolDestinations2026-27.csv", content, expected


def sample_words_nobody_knows() -> tuple[str, bytes, dict[str, int]]:
    """One word that is on no list, one day that has not come yet."""
    headings = "Last name,First name,Date of birth,What they do now,Where,Known on"
    content = xlsx_of(
        headings,
        [LARK[1], LARK[0], day(LARK[2]), "Chilling", "", ""],
        [MONA[1], MONA[0], day(MONA[2]), "Working", "Vale Bakery", "11/10/2026"],
    )
    return (
        "9990001SchoolDestinations2026-27.xlsx",
        content,
        {"rows": 2, "records": 1, "queries": 1, "errors": 0},
    )
