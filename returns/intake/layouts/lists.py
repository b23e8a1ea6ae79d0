"""Columns of lists from elsewhere: who is meant, and since when and until when something is so."""

from dataclasses import replace

from neet.files.rules.headings import folded
from returns.intake.layouts.columns import Kind
from returns.intake.layouts.shared import (
    ADDRESS,
    DATE_OF_BIRTH,
    FAMILY_NAME,
    GENDER,
    GIVEN_NAME,
    MIDDLE_NAME,
    NOT_OURS,
    PERSON_NUMBER,
    ULN,
    UPN,
    WHOLE_NAME,
    column,
)

AS_ON_PAPERS = "As on official papers: letters, spaces, hyphens and apostrophes."
# A service has other numbers for its young people, and nobody is asked for what it does not hold.
WHO = (
    replace(PERSON_NUMBER, about="Our own number for them, where the list has it."),
    replace(FAMILY_NAME, about=AS_ON_PAPERS),
    replace(GIVEN_NAME, about=AS_ON_PAPERS),
    MIDDLE_NAME,
    WHOLE_NAME,
    replace(DATE_OF_BIRTH, years=(-26, 0)),
    replace(GENDER, wanted=False),
    replace(UPN, about="A letter, eleven digits and a last digit or letter."),
    ULN,
)
HOME = tuple(replace(each, wanted=False) for each in ADDRESS)
SINCE = column(
    "since", "Since", Kind.DAY, objection_class="a", years=(-20, 1), about="The first day it was so."
)
UNTIL = column(
    "until", "Until", Kind.DAY, objection_class="a", years=(-20, 10), about="The last day it was so."
)
PLACE_NUMBER = column(
    "place_number",
    "DfE number",
    Kind.TEXT,
    objection_class="a",
    length=12,
    about="Seven digits, or the URN or UKPRN of the school, college or provider.",
)
# Headings that are nothing of ours where a list names no place of its own, and something where it does.
NUMBERS_OF_PLACES = frozenset(map(folded, (PLACE_NUMBER.words, *PLACE_NUMBER.also)))
NOT_OURS_WITH_PLACES = tuple(each for each in NOT_OURS if folded(each) not in NUMBERS_OF_PLACES)
