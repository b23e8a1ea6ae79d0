"""New claimants of the Jobcentre."""

from tests.returns.intake.samples import csv_of


def sample_jobcentre() -> tuple[str, bytes, dict[str, int]]:
    """Nobody whom the register knows is 18: two are strangers, and one did not agree."""
    headings = "Surname,Forename,DOB,Postcode,Claim date,Customer consent"
    content = csv_of(
        headings,
        ["Stranger", "Sol", "09/09/2008", "ZZ9 4QQ", "01/10/2026", "Yes"],
        ["Stranger", "Sal", "09/09/2007", "ZZ9 4QR", "01/10/2026", "Yes"],
        ["Stranger", "Sim", "09/09/2008", "ZZ9 4QS", "01/10/2026", "No"],
    )
    return "JCP new claims.csv", content, {"rows": 3, "beside": 2, "stopped": 1, "errors": 1, "queries": 0}
