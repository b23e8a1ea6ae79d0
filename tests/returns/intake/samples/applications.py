"""Applications as a careers platform exports them."""

from tests.returns.intake.samples import YEAR_11, csv_of, day

ADA, BRAM, *_ = YEAR_11


def sample_platform() -> tuple[str, bytes, dict[str, int]]:
    """Two wishes of one, a place that is offered, log-in codes that are never read, somebody nobody knows."""
    headings = (
        "Surname,Forename,DOB,Postcode,Login code,Preference,Provider name,Course title,Application status"
    )
    ada, bram = ([each[1], each[0], day(each[2]), each[4]] for each in (ADA, BRAM))
    content = csv_of(
        headings,
        [*ada, "QX-1", "1", "Vale College", "Level 3 Art", "Applied"],
        [*ada, "QX-1", "2", "Hill School", "A levels", "Applied"],
        [*bram, "QX-2", "1", "Vale College", "Level 2 Joinery", "Conditional"],
        ["Stranger", "Zoe", "03/03/2011", "", "QX-3", "1", "Vale College", "Level 1 Catering", "Applied"],
    )
    return "Applications October.csv", content, {"rows": 4, "records": 3, "beside": 1, "errors": 0}
