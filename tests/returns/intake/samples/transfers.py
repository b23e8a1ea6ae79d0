"""Young people whom other councils hand on."""

from tests.returns.intake.samples import NOT_KNOWN, csv_of, day

MONA, NED = NOT_KNOWN


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
