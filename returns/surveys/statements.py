"""What a young person says by a link, as a page hands it to the action."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One of AnswerLink.Answer; what they do (a row of the table of answers) and where; when to call them."""

    answer: str
    doing: str = ""
    place: str = ""
    call_when: str = ""
