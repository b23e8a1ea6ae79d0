"""Starts and leavers of apprenticeships."""

from tests.returns.intake.samples import AT_COLLEGE, NOT_KNOWN, csv_of, day

MONA, NED, KIT = *NOT_KNOWN, AT_COLLEGE[1]


def sample_national_service() -> tuple[str, bytes, dict[str, int]]:
    """Two starts, one at a provider nobody knows, and somebody who is not on the register."""
    headings = (
        "Surname,Forename,DOB,ULN,Postcode,Programme type,Learning aim,Employer name,UKPRN,Learning start date,"
        "Expected end"
    )
    content = csv_of(
        headings,
        [
            MONA[1],
            MONA[0],
            day(MONA[2]),
            "",
            MONA[4],
            "Level 2",
            "Bricklayer",
            "Bell Ltd",
            "10099901",
            "21/09/2026",
            "",
        ],
        [
            KIT[1],
            KIT[0],
            day(KIT[2]),
            "",
            KIT[4],
            "Supported internship",
            "",
            "",
            "10099901",
            "05/10/2026",
            "31/07/2027",
        ],
        [NED[1], NED[0], day(NED[2]), "", NED[4], "Apprenticeship", "", "", "10088888", "05/10/2026", ""],
        ["Stranger", "Sol", "09/09/2009", "", "", "Apprenticeship", "", "", "10099901", "05/10/2026", ""],
    )
    return "NAS starts.csv", content, {"rows": 4, "records": 2, "stopped": 1, "beside": 1, "errors": 1}
