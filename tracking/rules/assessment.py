"""The council's self-assessment: the questions asked every year, and which of them the register answers by itself.

Lines are data (`assessment_lines`), in the order of the national NEET toolkit (Annex 1, R144). A council re-words a
question, ends one or adds its own on screen.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import combinations
from types import MappingProxyType

from tracking.rules.suppression import LEAST


class Answered(StrEnum):
    """How a line is answered: by a number, by a list with its numbers, or only by what people say."""

    FIGURE = "figure"
    LIST = "list"
    TYPED = "typed"


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One question: where it stands, how it is answered, by which function of the register, and what helps."""

    code: str
    words: str
    part: str
    section: str
    order: int
    how: Answered
    answered_by: str
    help: str
    authority: str = ""


def assessment_line(row: Mapping[str, str]) -> AssessmentLine:
    """A row of the table `assessment_lines`. Raises ValueError where a typed line names a function, or another none."""
    how = Answered(row["how"])
    if (how is Answered.TYPED) == bool(row["answered_by"]):
        raise ValueError(
            f"{row['code']}: a line answered by the register names what answers it, a typed one does not"
        )
    return AssessmentLine(
        code=row["code"],
        words=row["plain_words"],
        part=row["part"],
        section=row["section"],
        order=int(row["order"]),
        how=how,
        answered_by=row["answered_by"],
        help=row["help"],
        authority=row["authority"],
    )


def lines_at(lines: Iterable[AssessmentLine], authority: str) -> tuple[AssessmentLine, ...]:
    """The lines of a council (its DfE number): everybody's and its own, in their order."""
    return tuple(
        sorted(
            (each for each in lines if each.authority in ("", authority)),
            key=lambda each: (each.order, each.code),
        )
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register answers on a day. `value` is what a trend compares: None where there is nothing to count.

    `unit` stands behind the value (a per cent sign, days); `more_is_better` is None where neither direction is.
    `parts` are the numbers behind it by what they count; `page` names the address where they are looked at.
    """

    words: str
    value: float | None = None
    unit: str = ""
    more_is_better: bool | None = None
    parts: Mapping[str, float | str] = field(default_factory=lambda: MappingProxyType({}))
    page: str = ""


TOO_FEW = "Too few young people to show in numbers here."
FREE_CUTS = (
    "figures"  # the page on which figures are cut; its parts are told to others in the released tables alone
)
NUMBER = re.compile(r"(?<![\d.,/])\d{1,3}(?:,\d{3})+(?![\d.,/%])|(?<![\d.,/])(?!20\d\d)\d+(?![\d./%]|,\d)")
SHARE = re.compile(r"[\d.]%")
NEAR = 0.05  # per cent; what rounding to one decimal leaves open


def says_of_few(answer: Answer) -> bool:
    """Whether a number of an answer is one to four, or two of its numbers differ by so few, or a share of the largest
    comes to so few or leaves so few. Rather too often than not: which number counts young people, and which lies in
    which, is not told apart (R22). An answer that gives shares of parts tells of each part."""
    said = [answer.words, *(each for each in answer.parts.values() if isinstance(each, str))]
    counts = {float(_number(each)) for text in said for each in NUMBER.findall(text)}
    counts |= {float(each) for each in answer.parts.values() if not isinstance(each, str)}
    shares = [answer.value] if answer.unit == "%" and answer.value is not None else []
    if answer.unit != "%" and answer.value is not None:
        counts.add(answer.value)
    apart = [abs(one - other) for one, other in combinations(counts, 2)]
    few = any(0 < count < LEAST for count in (*counts, *apart))
    whole = max(counts, default=0)
    return few or any(map(SHARE.search, said)) or any(_comes_to_few(each, whole) for each in shares)


def _comes_to_few(share: float, whole: float) -> bool:
    """Whether a share in per cent of a whole is of one to four, or of all but so few."""
    small = (part for part in range(1, LEAST) if part <= whole)
    return any(abs(share - 100 * each / whole) <= NEAR for part in small for each in (part, whole - part))


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def without_few(answer: Answer) -> Answer:
    """The answer as it is said to who works with no records: as it is, or not at all; and of figures they may not cut
    freely only the number of the whole council."""
    told = replace(answer, parts={}) if answer.page == FREE_CUTS else answer
    behind = [each for each in answer.parts.values() if not isinstance(each, str)]
    of_parts = any(isinstance(each, str) and SHARE.search(each) for each in answer.parts.values())
    if of_parts or says_of_few(told) or any(0 < each < LEAST for each in behind):
        return replace(answer, words=TOO_FEW, value=None, parts={})
    return told


def percent(part: float, whole: float) -> float | None:
    """Part of the whole in percent, to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
