"""Where somebody lives who was offered a place and is not on our register, as far as the line tells (R27)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# What a council's name may carry beside its place.
COUNCIL = re.compile(
    r"\b(?:council|county|city|borough|metropolitan|district|london|royal|of|the|la|lea|authority|unitary|mbc|lbc|cc)\b",
    re.I,
)
LETTERS = re.compile(r"[^a-z]+")
CODE = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True)
class Home:
    """The council somebody probably lives in (its DfE number, empty where nothing tells), and what told it."""

    code: str = ""
    why: str = ""


def place_of(name: str) -> str:
    """A council's name down to its place: Borough of Nextshire Council and Nextshire are one."""
    return LETTERS.sub("", COUNCIL.sub(" ", name.lower()))


def home_of(line: Mapping[str, str], councils: Mapping[str, str], schools: Mapping[str, str]) -> Home:
    """Where the young person of a line probably lives: the council it names, else that of the school it names.

    `councils` are DfE numbers by `place_of` and by number, `schools` DfE numbers by lower-case name and by number.
    """
    said = line.get("home_authority", "").strip()
    if found := CODE.fullmatch(said):
        if found[0] in councils:
            return Home(found[0], "The line names the council.")
    elif said and (code := councils.get(place_of(said))):
        return Home(code, "The line names the council.")
    school = line.get("school_now", "").strip().lower()
    if school and (code := schools.get(school) or schools.get(school.replace("/", ""))):
        return Home(code, "By the school they are at.")
    return Home()


def by_name_and_number(councils: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """DfE numbers by the place of each name and by themselves, from (number, name)."""
    found: dict[str, str] = {}
    for code, name in councils:
        found[code] = code
        found.setdefault(place_of(name), code)
    return found
