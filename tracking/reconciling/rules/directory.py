"""Reading the national directory of postcodes, and lists of what its areas are called: columns by name, whatever the
year in their headings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

# The directory's own columns through the years; the first that is there is read.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "postcode": (r"pcds", r"pcd7", r"pcd8", r"pcd", r"pcd2", r"postcode"),
    "ended": (r"doterm", r"dateoftermination"),
    "county": (r"oscty", r"cty\d*cd"),
    "district": (r"oslaua", r"laua", r"lad\d*cd"),
    "ward": (r"osward", r"wd\d*cd"),
}
NEEDED = ("postcode", "ended", "county", "district", "ward")
CALLED: Mapping[str, str] = {
    "postcode": "a postcode (pcds)",
    "ended": "its end (doterm)",
    "county": "a county (oscty or cty..cd)",
    "district": "a district (oslaua or lad..cd)",
    "ward": "a ward (osward or wd..cd)",
}
CODE = re.compile(r"[A-Z]\d{8}")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
COUNTY = "E10"  # other codes in its column say that the district is the only council
PLACES = re.compile(r"E0[6-9]\d{6}")
NAME_LENGTH = 80


class NotTheDirectory(ValueError):
    """The file is not what it should be; the message says why in words for whoever loads it."""


@dataclass(frozen=True, slots=True)
class Lies:
    """Where one postcode lies."""

    postcode: str
    authority_code: str
    district_code: str
    ward_code: str
    ended_on: date | None


def folded(heading: str) -> str:
    """A heading without capitals, spaces and signs."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def places_of(headings: Sequence[str]) -> dict[str, int]:
    """Where in a row each column of the directory stands. Raises NotTheDirectory naming those that are missing."""
    names = [folded(each) for each in headings]
    found = {column: _place(names, patterns) for column, patterns in COLUMNS.items()}
    missing = [CALLED[column] for column in NEEDED if found[column] is None]
    if missing:
        raise NotTheDirectory(
            f"This is not the directory of postcodes: no column holds {', '.join(missing)}."
        )
    return {column: place for column, place in found.items() if place is not None}


def _place(names: Sequence[str], patterns: Sequence[str]) -> int | None:
    for pattern in patterns:
        for place, name in enumerate(names):
            if re.fullmatch(pattern, name):
                return place
    return None


def lies(cells: Sequence[str], places: Mapping[str, int]) -> Lies | None:
    """What a row says; None of a postcode in no area (a large user abroad, the Channel Islands). Raises
    NotTheDirectory without the row's number."""
    if len(cells) <= max(places.values()):
        raise NotTheDirectory("it has fewer cells than there are headings")
    said = {column: cells[place].strip() for column, place in places.items()}
    postcode = re.sub(r"\s", "", said["postcode"]).upper()
    if not POSTCODE.fullmatch(postcode):
        raise NotTheDirectory("its postcode is not written as one")
    if not said["district"]:
        return None
    for column in ("district", "ward", "county"):
        if said[column] and not CODE.fullmatch(said[column]):
            raise NotTheDirectory(f"the code of its {column} is not a letter and eight digits")
    county = said["county"]
    authority = county if county.startswith(COUNTY) else said["district"]
    return Lies(postcode, authority, said["district"], said["ward"], _ended(said["ended"]))


def _ended(text: str) -> date | None:
    """The first of a month written as 201512; nothing where it is in use."""
    if not text:
        return None
    if not re.fullmatch(r"\d{6}", text) or not 1 <= int(text[4:]) <= 12 or int(text[:4]) < 1970:
        raise NotTheDirectory("its end is not a year and a month as 201512")
    return date(int(text[:4]), int(text[4:]), 1)


def names_in(headings: Sequence[str]) -> tuple[int, int]:
    """Where a list of names has its codes and its names (LAD25CD and LAD25NM, WD25CD and WD25NM). Raises
    NotTheDirectory."""
    names = [folded(each) for each in headings]
    for place, name in enumerate(names):
        if re.fullmatch(r"[a-z]+\d*cd", name) and name[:-2] + "nm" in names:
            return place, names.index(name[:-2] + "nm")
    raise NotTheDirectory(
        "This is no list of names: it needs a column of codes and one of names, as WD25CD and WD25NM."
    )


def is_place_of_a_council(code: str) -> bool:
    """Whether a code is that of a district or of a council without districts."""
    return bool(PLACES.fullmatch(code))
