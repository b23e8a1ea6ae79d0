"""The words around the questions of a survey: a file for each language, as on the other pages young people answer."""

from pathlib import Path

from returns.surveys.rules import ENGLISH, Language, languages_in

FOLDER = Path(__file__).parent / "words"
LANGUAGES = languages_in(FOLDER)
# So many characters of the end of a UPN tell namesakes apart and are no number anybody could use.
UPN_END = 4


def language_of(code: str) -> Language:
    """The language of this short name, English where there is none of it."""
    return LANGUAGES.get(code, LANGUAGES[ENGLISH])


def same_name(name: str) -> str:
    """A name as it is compared with the one typed a minute before: capitals, spaces and signs make no difference."""
    return "".join(each for each in name.casefold() if each.isalnum())
