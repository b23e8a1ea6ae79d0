"""What is written to many young people, and what they may answer by the link in it: dated rows in plain words.

A text may hold a first name, the council's name and telephone number, and the link; never where somebody is, what
their status is, or why they are written to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from string import Formatter

NOTHING, ENGLISH = "nothing", "en"


class Asks(StrEnum):
    """What the page behind the link asks."""

    WHAT_NOW = "what_now"
    OFFER = "offer"


class Placeholder(StrEnum):
    """What is filled in while a message is sent."""

    FIRST_NAME = "first_name"
    COUNCIL = "council"
    TELEPHONE = "telephone"
    LINK = "link"


NEEDED = (Placeholder.COUNCIL, Placeholder.LINK)


@dataclass(frozen=True, slots=True)
class MessageWording:
    """One message as it is written to many. `channel` is "text" or "email"; `authority` the council whose own it is."""

    code: str
    plain_words: str
    authority: str
    channel: str
    asks: Asks
    subject: str
    text: str

    def said(self, facts: Mapping[str, str]) -> tuple[str, str]:
        """Subject and text with these facts filled in; what is missing is left out."""
        filled = {str(each): facts.get(each, "") for each in Placeholder}
        return self.subject.format_map(filled), self.text.format_map(filled)

    def told(self, other: "MessageTranslation | None") -> "MessageWording":
        """The same message in another language, where somebody wrote it."""
        return replace(self, subject=other.subject, text=other.text) if other else self


@dataclass(frozen=True, slots=True)
class MessageTranslation:
    """What a message says in another language or in easy words; who sends it how, and what it asks, stays the same."""

    code: str
    language: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerOffered:
    """Something a young person may say they do, in their words, and the activity it stands for."""

    code: str
    plain_words: str
    order: int
    activity: str
    asks_where: bool


def message_wording(row: Mapping[str, str]) -> MessageWording:
    """Raises ValueError for a text without the link or the council's name, or that asks for something else of us."""
    _refuse_unfit(row)
    if row["channel"] == "email" and not row["subject"]:
        raise ValueError("an e-mail needs a subject")
    return MessageWording(
        code=row["code"],
        plain_words=row["plain_words"],
        authority=row["authority"],
        channel=row["channel"],
        asks=Asks(row["asks"]),
        subject=row["subject"],
        text=row["text"],
    )


def message_translation(row: Mapping[str, str]) -> MessageTranslation:
    """Raises ValueError as a wording does, and for one in English: that is the wording itself."""
    _refuse_unfit(row)
    if row["language"] == ENGLISH:
        raise ValueError("what a message says in English stands in the table of messages")
    return MessageTranslation(row["code"], row["language"], row["subject"], row["text"])


def _refuse_unfit(row: Mapping[str, str]) -> None:
    open_places = set(placeholders(row["subject"] + row["text"]))
    if unknown := open_places - set(Placeholder):
        raise ValueError(f"nothing is filled in for {{{sorted(unknown)[0]}}}")
    if missing := [each for each in NEEDED if each not in open_places]:
        raise ValueError(f"the text must hold {{{missing[0]}}}")


def placeholders(text: str) -> Iterable[str]:
    """The names in curly brackets. Raises ValueError where brackets do not match, or ask for more than a name."""
    for _, name, form, change in Formatter().parse(text):
        if name is not None:
            if form or change or not name.isidentifier():
                raise ValueError(f"{{{name}}} is no name of something to fill in")
            yield name


def answer_offered(row: Mapping[str, str]) -> AnswerOffered:
    if row["asks_where"] not in ("Y", "N"):
        raise ValueError(f"{row['asks_where']!r} is neither Y nor N")
    return AnswerOffered(
        row["code"], row["plain_words"], int(row["order"]), row["activity_code"], row["asks_where"] == "Y"
    )


def wordings_for(wordings: Iterable[MessageWording], authority: str) -> tuple[MessageWording, ...]:
    """Those a council (its DfE number) may use: its own, and those for all."""
    return tuple(each for each in wordings if each.authority in ("", authority))
