"""Potential NEET returns of a school."""

from tests.returns.intake.samples import YEAR_11, csv_of, day, xlsx_of

ADA, BRAM, CLEO, DARA, EZRA, FERN = YEAR_11


def sample_as_asked() -> tuple[str, bytes, dict[str, int]]:
    who = "Last name,First name,Date of birth,Year group"
    headings = f"{who},Reasons,What worries you,What is planned,Whom to ask at school"
    content = xlsx_of(
        headings,
        [
            ADA[1],
            ADA[0],
            day(ADA[2]),
            "11",
            "Attends less than 85% of the time",
            "Rarely in since January",
            "",
            "Ms Hale",
        ],
        [
            BRAM[1],
            BRAM[0],
            day(BRAM[2]),
            "11",
            "Has no plan for after Year 11; Has free school meals",
            "",
            "A job",
            "",
        ],
    )
    return (
        "9990001SchoolPotentialNEET2026-27.xlsx",
        content,
        {"rows": 2, "records": 2, "errors": 0, "queries": 0},
    )


def sample_own_words() -> tuple[str, bytes, dict[str, int]]:
    """A school's own form: other headings, other words, one reason nobody lists, one day that never was."""
    headings = "Surname,Forename,DOB,Year,Reason for concern,Comments,Post 16 plan,Key contact"
    content = csv_of(
        headings,
        [
            CLEO[1].upper(),
            CLEO[0].upper(),
            day(CLEO[2]),
            "Y11",
            "Poor attendance",
            "Cares for her mother",
            "",
            "",
        ],
        [DARA[1], DARA[0], day(DARA[2]), "11", "Gaming all night", "Asleep in lessons", "None", "Mr Ellis"],
        [EZRA[1], EZRA[0], "31/02/2011", "11", "Suspended", "", "", ""],
    )
    expected = {"rows": 3, "records": 2, "stopped": 1, "errors": 1, "queries": 1}
    return "September Guarantee.csv", content, expected


def sample_somebody_new() -> tuple[str, bytes, dict[str, int]]:
    headings = "Surname,Forename,DOB,UPN,Year group,Reasons"
    content = csv_of(headings, ["Newcomer", "Nia", "03/04/2011", "", "11", "no plans"])
    return "potential.csv", content, {"rows": 1, "new_person": 1, "errors": 0}


def sample_several_reasons_and_an_objection() -> tuple[str, bytes, dict[str, int]]:
    """Reasons in one cell; of whoever objects only who they are is taken."""
    headings = "Surname,Forename,DOB,Reasons,Concern,Objected to sharing"
    content = csv_of(
        headings,
        [ADA[1], ADA[0], day(ADA[2]), "Poor attendance; FSM; EAL", "", "No"],
        [FERN[1], FERN[0], day(FERN[2]), "Excluded", "Fights", "Yes"],
    )
    return "potential neet.csv", content, {"rows": 2, "records": 2, "errors": 0, "withheld": 2}


def sample_a_sixth_former() -> tuple[str, bytes, dict[str, int]]:
    """Somebody in Year 12 is on the wrong list."""
    content = csv_of(
        "Surname,Forename,DOB,Year group,Reasons", ["Gladwin", "Gil", "20/09/2009", "12", "no plans"]
    )
    return "potential.csv", content, {"rows": 1, "stopped": 1, "errors": 1}
