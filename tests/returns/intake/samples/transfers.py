"""Young people whom other councils hand on."""

from tests.returns.intake.samples import AT_COLLEGE, NOT_KNOWN, csv_of, day

MONA, NED = NOT_KNOWN
JUNO = AT_COLLEGE[0]


def sample_other_councils() -> tuple[str, bytes, dict[str, int]]:
    headings = "Surname,Forename,DOB,Postcode,Transfer type,Previous identifier,Activity code,Date moved in"
    content = csv_of(
        headings,
        ["Newcomer", "Nia", "03/04/2009", "", "Arrival", "8880000000001", "230", "21/09/2026"],
        [MONA[1], MONA[0], day(MONA[2]), MONA[4], "Arrival", "8880000000002", "360", "21/09/2026"],
        [NED[1], NED[0], day(NED[2]), NED[4], "Unknown", "", "", ""],
        ["Newcomer", "Nat", "03/04/2009", "", "Gone", "", "", ""],
    )
    expected = {"rows": 4, "records": 1, "unchanged": 1, "new_person": 1, "stopped": 1, "errors": 1}
    return "Transfers.csv", content, expected


def sample_unknowns() -> tuple[str, bytes, dict[str, int]]:
    """Who lives here and is known to nobody: of the college's own student the register knows better."""
    headings = "Surname,Forename,DOB,Postcode,Transfer type,Date moved in"
    content = csv_of(
        headings,
        [JUNO[1], JUNO[0], day(JUNO[2]), JUNO[4], "Unknown", ""],
        [NED[1], NED[0], day(NED[2]), NED[4], "Unknown", ""],
        ["Newcomer", "Nat", "03/04/2009", "ZZ9 4QQ", "Unknown", ""],
        ["Newcomer", "Old", "03/04/1999", "ZZ9 4QQ", "Unknown", ""],
    )
    return "Unknowns.csv", content, {"rows": 4, "unchanged": 2, "new_person": 1, "stopped": 1, "errors": 1}
