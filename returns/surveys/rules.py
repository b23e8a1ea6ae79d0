"""How young people are spoken to on the pages they answer on: a file of words for each language, and the short code
printed in a letter.

Another file in `words/` is another language. Which one somebody reads is theirs to choose; English where nobody did.
"""

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parent / "words"
ENGLISH = "en"
# Letters and numbers that nobody takes for one another, and no vowels, so that no code spells anything.
LETTERS = "CDFGHJKMNPQRTWXY34679"
LONG = 8


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the pages: its short name, what it is called, what browsers call it, and what it says."""

    code: str
    name: str
    lang: str
    months: tuple[str, ...]
    said: Mapping[str, Mapping[str, str]]

    def words(self, **facts: str) -> dict[str, dict[str, str]]:
        """All it says by page and name, with what is open filled in; what is not known stays empty."""
        known = _Facts(facts)
        return {
            page: {name: text.format_map(known) for name, text in lines.items()}
            for page, lines in self.said.items()
        }


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def _language(path: Path) -> Language:
    held: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    said = {page: lines for page, lines in held.items() if isinstance(lines, dict)}
    return Language(path.stem, held["name"], held["lang"], tuple(held["months"]), MappingProxyType(said))


def languages_in(folder: Path) -> Mapping[str, Language]:
    """The languages of a folder of words by their short names: English first, the others by name."""
    found = sorted(
        map(_language, sorted(folder.glob("*.toml"))), key=lambda each: (each.code != ENGLISH, each.name)
    )
    return MappingProxyType({each.code: each for each in found})


LANGUAGES = languages_in(FOLDER)


def language_of(code: str) -> Language:
    """The language of this short name, English where there is none of it."""
    return LANGUAGES.get(code, LANGUAGES[ENGLISH])


def new_code() -> str:
    """Eight letters and numbers: one of some 38 thousand million. The birthday asked next guards it further."""
    return "".join(secrets.choice(LETTERS) for _ in range(LONG))


def plain_code(typed: str) -> str:
    """A code as it is compared, however somebody typed it: without spaces and dashes, in capitals."""
    return "".join(each for each in typed.upper() if each.isalnum())


def shown_code(code: str) -> str:
    """A code as it is printed: CDFG-3467."""
    return f"{code[: LONG // 2]}-{code[LONG // 2 :]}"
