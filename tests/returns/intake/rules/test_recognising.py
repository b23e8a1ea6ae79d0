"""Which return a file is: its columns decide, its label helps."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from returns.intake.layouts import LAYOUTS
from returns.intake.rules.context import Context
from returns.intake.rules.recognising import Label, Recognised, is_clearly, layouts_from, recognise
from tests.returns.intake.rules._reading import RULES

NO_LABEL = Label()
ON = date(2026, 10, 12)
GUARANTEE = Label("September Guarantee", frozenset({"offers", "potential_neet", "applications"}))


def what(text: str, label: Label = NO_LABEL, kind: str = "school") -> Recognised:
    """What a file of these lines is."""
    rows: Sequence[Mapping[str, str]] = list(csv.DictReader(text.strip().splitlines()))
    return recognise(layouts_from(kind), list(rows[0]), rows, label, Context(RULES, ON, ON, kind))


POTENTIAL = """
Surname,Forename,DOB,Year,Reason for concern,Comments,Named contact
Ambler,Ada,14/09/2010,11,Poor attendance,Rarely in,Ms Hale
Brook,Bram,02/10/2010,11,No plans,,Ms Hale
"""
DESTINATION = """
Surname,Forename,DOB,Destination,Name of destination,Date known
Jessop,Juno,30/10/2009,Apprenticeship,Vale Motors,05/10/2026
Kettle,Kit,19/02/2010,NEET,,05/10/2026
"""
ENROLMENT = """
Surname,Forename,DOB,Course,Start date,Expected end,EHCP
Jessop,Juno,30/10/2009,A levels,02/09/2026,30/06/2028,No
"""
NOBODYS = """
Surname,Forename,DOB
Jessop,Juno,30/10/2009
"""


def test_potential_neet_labelled_september_guarantee_is_potential_neet_and_says_why() -> None:
    found = what(POTENTIAL, GUARANTEE)

    assert (found.type, found.sure) == ("potential_neet", True)
    assert found.why.startswith("It is labelled “September Guarantee”, which may be several returns. ")
    assert "Its columns are those of Potential NEET (" in found.why
    assert "Reasons, What worries you" in found.why


def test_another_label_is_said_and_does_not_decide() -> None:
    found = what(POTENTIAL, Label("Post 16 Leavers", frozenset({"joiners_leavers"})))

    assert (found.type, found.sure) == ("potential_neet", True)
    assert found.why.startswith("It is labelled “Post 16 Leavers”. Its columns are those of Potential NEET")


@pytest.mark.parametrize(("text", "type"), [(DESTINATION, "destinations"), (ENROLMENT, "enrolment")])
def test_columns_tell_returns_apart(text: str, type: str) -> None:
    assert (what(text).type, what(text).sure) == (type, True)


def test_names_alone_are_no_return_for_sure() -> None:
    assert not what(NOBODYS).sure
    assert not what(NOBODYS, GUARANTEE).sure


def test_our_own_first_line_is_believed() -> None:
    found = what(POTENTIAL, Label(titled="enrolment"))

    assert (found.type, found.sure, found.why) == ("enrolment", True, "Its first line says “Enrolment”.")


def test_a_college_sends_no_potential_neet() -> None:
    assert what(POTENTIAL, kind="college").type != "potential_neet"


def test_enough_columns_are_enough_whatever_a_file_is_called() -> None:
    layout, layouts = LAYOUTS["potential_neet"], layouts_from("school")

    assert is_clearly(layout, layouts, ["family_name", "reasons"])
    assert not is_clearly(layout, layouts, ["family_name", "date_of_birth", "year_group"])
