"""What a young person says by a link, as a page hands it to the action, and what a letter holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One of AnswerLink.Answer; what they do (a row of the table of answers) and where; when to call them; in which
    language they read the page."""

    answer: str
    doing: str = ""
    place: str = ""
    call_when: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Printed:
    """What one letter holds of its link: the secret behind the square or in the address, and the code to be typed,
    empty where the letter is read on a screen. Neither is kept."""

    secret: str
    code: str = ""
