"""The council's self-assessment: the questions asked every year, and which of them the register answers by itself.

Lines are data (`assessment_lines`), in the order of the national NEET toolkit (Annex 1, R144). A council re-words a
question, ends one or adds its own on screen.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
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
OF = re.compile(r"([\d,]*\d) of (\d[\d,]*)")
FEW = re.compile(r"(?<![\d.,])[1-4](?![\d.,%])")


def says_of_few(answer: Answer) -> bool:
    """Whether a number of an answer, or what is left of one beside its whole, is one to four. Rather too often than
    not: which number counts young people is not told apart (R22)."""
    said = [answer.words, *map(str, answer.parts.values())]
    left = (_number(whole) - _number(part) for text in said for part, whole in OF.findall(text))
    counts = [value for value in (*answer.parts.values(), *left) if isinstance(value, int | float)]
    if answer.unit != "%" and answer.value is not None:
        counts.append(answer.value)
    return any(0 < count < LEAST for count in counts) or any(map(FEW.search, said))


def _number(text: str) -> int:
    return int(text.replace(",", ""))


def without_few(answer: Answer) -> Answer:
    """The answer as it is said to who works with no records: as it is, or not at all."""
    return replace(answer, words=TOO_FEW, value=None, parts={}) if says_of_few(answer) else answer


def percent(part: float, whole: float) -> float | None:
    """Part of the whole in percent, to one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
