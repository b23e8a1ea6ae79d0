"""What young people are asked in class and after results day: dated rows in plain words, in each language, so that it
is known for ever which words somebody agreed to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

NOT_CODES = frozenset({"yes", "no", "help", "unsure", "little", "lot"})


class Asked(StrEnum):
    """What an answer is about; a page knows how to ask each of these."""

    TUTOR_GROUP = "tutor_group"
    DESTINATION = "destination"
    DOING = "doing"
    PLACE = "place"
    APPLIED = "applied"
    WORRIED = "worried"
    HELP = "help"
    TELEPHONE = "telephone"
    EMAIL = "email"
    CONSENT = "consent"


# What is answered by choosing; all else is typed, but for consent, which is a box to tick.
CHOSEN = frozenset({Asked.DESTINATION, Asked.DOING, Asked.APPLIED, Asked.WORRIED, Asked.HELP})
# Where an answer is a code of the department's lists.
CODED = frozenset({Asked.DESTINATION, Asked.DOING})
YES, HELP, LOT = "yes", "help", "lot"


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question of one kind of survey in one language. `choices` are pairs of what an answer stands for (a code of
    the department's lists, or one of our few words) and what it is called."""

    survey: str
    asked: Asked
    language: str
    plain_words: str
    hint: str
    order: int
    is_required: bool
    choices: tuple[tuple[str, str], ...]
    since: str


def survey_question(row: Mapping[str, str]) -> SurveyQuestion:
    """A row of the table `survey_questions`. Raises ValueError with the reason."""
    asked = Asked(row["asked"])
    choices = tuple(_choices(row["choices"]))
    if (asked in CHOSEN) != bool(choices):
        raise ValueError("what is chosen needs answers to choose from, and nothing else has any")
    wrong = [value for value, _ in choices if not _is_known(asked, value)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is no answer that we know what to do with")
    if row["is_required"] not in ("Y", "N"):
        raise ValueError(f"{row['is_required']!r} is neither Y nor N")
    if asked is Asked.CONSENT and row["is_required"] == "Y":
        raise ValueError("nobody has to agree")
    return SurveyQuestion(
        survey=row["survey"],
        asked=asked,
        language=row["language"],
        plain_words=row["plain_words"],
        hint=row["hint"],
        order=int(row["order"]),
        is_required=row["is_required"] == "Y",
        choices=choices,
        since=row["valid_from"],
    )


def _is_known(asked: Asked, value: str) -> bool:
    return value in NOT_CODES or (asked in CODED and value.isdecimal())


def _choices(text: str) -> Iterable[tuple[str, str]]:
    """One answer in a line: what it stands for, a space, and what it is called."""
    seen: set[str] = set()
    for line in filter(None, map(str.strip, text.splitlines())):
        value, _, words = line.partition(" ")
        if not words.strip():
            raise ValueError(f"“{line}” does not say what the answer is called")
        if value in seen:
            raise ValueError(f"{value} stands there twice")
        seen.add(value)
        yield value, words.strip()


def questions_of(
    questions: Iterable[SurveyQuestion], survey: str, language: str, english: str = "en"
) -> tuple[SurveyQuestion, ...]:
    """What a kind of survey asks, in order, in this language; in English what it has no words for. Which questions
    there are is what the English ones say."""
    here = [each for each in questions if each.survey == survey]
    own = {each.asked: each for each in here if each.language == language}
    asked = (own.get(each.asked, each) for each in here if each.language == english)
    return tuple(sorted(asked, key=lambda each: (each.order, each.asked)))


def version_of(questions: Iterable[SurveyQuestion], language: str) -> str:
    """What tells this wording from those before it: the day its newest words came in, and the language."""
    newest = max((each.since for each in questions), default="")
    return f"{newest} {language}".strip()
