"""Invented registers and returns about them with the mistakes real ones have, and who is who, so it can be counted.

Three mixes: `school` (most have a pupil number), `college` (few have, many have a learner number or none), `messy` (no
numbers and many mistakes). Some who come in are not on the register, but their twin or their brother or sister is.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from rapidfuzz.distance import OSA

from tracking.rules.matching.names import fold, same_by_another_form, short_forms
from tracking.seeding import identifiers, names, places
from tracking.seeding.chance import between, one_of
from tracking.seeding.people import Numbering, Person, people
from tracking.seeding.places import Council, Place
from tracking.seeding.sizes import SIZES

ON = date(2026, 11, 20)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Mix:
    """Shares of 1: who has which number, and what went wrong."""

    upn: float
    uln: float
    siblings_upn: float
    slip_forename: float
    slip_surname: float
    short_form: float
    swapped: float
    dropped_part: float
    digit: float
    day_month: float
    moved: float
    no_postcode: float
    no_address: float
    slip_address: float
    other_surname: float
    not_on_register: float
    relative: float


MIXES = {
    "school": Mix(
        0.9, 0.3, 0.004, 0.01, 0.01, 0.03, 0.004, 0.2, 0.01, 0.003, 0.05, 0.02, 0.05, 0.1, 0.005, 0.05, 0.3
    ),
    "college": Mix(
        0.15,
        0.4,
        0.004,
        0.015,
        0.015,
        0.04,
        0.006,
        0.25,
        0.012,
        0.005,
        0.06,
        0.03,
        0.08,
        0.15,
        0.006,
        0.08,
        0.3,
    ),
    "messy": Mix(0, 0, 0, 0.04, 0.04, 0.05, 0.015, 0.3, 0.03, 0.01, 0.06, 0.05, 0.1, 0.25, 0.01, 0.08, 0.3),
}


@dataclass(frozen=True, slots=True)
class Returned:
    """A register, a return about it, and for each who came in whom they are on the register, or nobody."""

    register: list[Row]
    incoming: list[Row]
    truth: dict[str, str]


def council(seed: int) -> Council:
    """An invented council without a database."""
    planned = places.plan(Random(seed), "801", SIZES["county"])
    stand = tuple(
        Place(number, place.kind, place.number, place.name, place.ukprn, place.town, True)
        for number, place in enumerate(planned.places)
    )
    schools = tuple(place for place in stand if place.kind == "school")
    colleges = tuple(place for place in stand if place.kind == "college")
    towns = planned.towns
    return Council(
        1,
        "801",
        "802",
        "",
        (),
        towns,
        schools,
        schools[0],
        schools[0],
        schools[0],
        colleges,
        schools[0],
        (),
        {},
        {},
    )


def returned(mix: str, seed: int, *, register: int, incoming: int) -> Returned:
    """A register of so many and a return of so many, always the same for one seed."""
    dice, place = Random(f"{mix} {seed}"), council(seed)
    everybody = [each for each in people(Random(seed), place, register, Numbering(1, 0, ON)) if each.uln]
    wanted = MIXES[mix]
    rows, truth = [], {}
    for number, person in enumerate(dice.sample(everybody, min(incoming, len(everybody)))):
        name = f"in{number}"
        stranger = dice.random() < wanted.not_on_register
        comes = _stranger(dice, person, wanted) if stranger else person
        rows.append(_mistaken(dice, comes, wanted, place, mix) | {"id": name})
        if not stranger:
            truth[name] = str(person.serial)
    return Returned([row_of(dice, each) for each in everybody], rows, truth)


def row_of(dice: Random, person: Person) -> Row:
    """A person as the register has them."""
    born = date.fromordinal(person.born or 0)
    return {
        "id": str(person.serial),
        "surname": person.family,
        "forename": person.given,
        "middle_name": person.middle,
        "date_of_birth": born.isoformat(),
        "gender": person.gender if dice.random() > 0.01 else "",
        "postcode": person.postcode if dice.random() > 0.01 else "",
        "address": f"{person.line_1}, {person.town.name}",
        "upn": person.upn if dice.random() > 0.03 else "",
        "uln": person.uln if dice.random() > 0.4 else "",
        "establishment": person.school.number,
        "year_group": "",
    }


def _stranger(dice: Random, person: Person, mix: Mix) -> Person:
    """Somebody who is not on the register: a twin, a brother or sister of one who is, or nobody's relative."""
    gender = one_of(dice, ("F", "M"))
    other = replace(
        person,
        given=_another(dice, person.given, gender),
        middle="",
        gender=gender,
        upn=identifiers.upn(person.school.number, between(dice, 10, 25), between(dice, 0, 999)),
        uln=identifiers.uln(900_000_000 + between(dice, 0, 90_000_000)),
    )
    if dice.random() < mix.relative:
        return replace(other, born=(person.born or 0) + one_of(dice, (0, 400, 700, -500, -900)))
    return replace(
        other,
        family=names.family_name(dice),
        born=(person.born or 0) + between(dice, -700, 700),
        line_1=places.house(dice, person.town),
        postcode=identifiers.postcode(dice, person.town.area),
    )


def _another(dice: Random, given: str, gender: str) -> str:
    while fold(name := names.given_name(dice, gender)) == fold(given):
        pass
    return name


def _mistaken(dice: Random, person: Person, mix: Mix, place: Council, kind: str) -> Row:
    row = row_of(dice, person)
    row["upn"] = person.upn if dice.random() < mix.upn else ""
    row["uln"] = person.uln if dice.random() < mix.uln else ""
    row["middle_name"] = one_of(dice, (person.middle, person.middle[:1], "", ""))
    row["establishment"] = person.school.number if kind == "school" else one_of(dice, place.colleges).number
    for share, mistake in MISTAKES:
        if dice.random() < share(mix):
            mistake(dice, row, person)
    return row


def slip(dice: Random, text: str) -> str:
    """One letter too many, too few, another, or two that changed places."""
    if len(text) < 3:
        return text
    at = between(dice, 1, len(text) - 2)
    match between(dice, 0, 3):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + one_of(dice, tuple(LETTERS)) + text[at:]
        case 2:
            return text[:at] + one_of(dice, tuple(LETTERS)) + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _short_form(dice: Random, row: Row, person: Person) -> None:
    known = sorted(_shorter().get(person.given.upper(), ()))
    row["forename"] = one_of(dice, tuple(known)).capitalize() if known else person.given


def _shorter() -> dict[str, set[str]]:
    """By name, the forms the table gives for it."""
    if not SHORTER:
        by_line = {line: name for name, forms in short_forms().items() for line in forms.heads}
        for name, forms in short_forms().items():
            for line in forms.stands_in:
                SHORTER.setdefault(by_line[line], set()).add(name)
    return SHORTER


SHORTER: dict[str, set[str]] = {}


def _slip_in(field: str) -> Callable[[Random, Row, Person], None]:
    def mistake(dice: Random, row: Row, person: Person) -> None:
        row[field] = slip(dice, row[field])

    return mistake


def _swapped(dice: Random, row: Row, person: Person) -> None:
    row["forename"], row["surname"] = row["surname"], row["forename"]


def _dropped(dice: Random, row: Row, person: Person) -> None:
    for field in ("surname", "forename"):
        if "-" in row[field]:
            row[field] = one_of(
                dice, (row[field].replace("-", " "), row[field].split("-")[0], row[field].split("-")[1])
            )


def _digit(dice: Random, row: Row, person: Person) -> None:
    born = row["date_of_birth"]
    at = one_of(dice, (3, 6, 9))
    row["date_of_birth"] = born[:at] + str(between(dice, 0, 9)) + born[at + 1 :]


def _day_month(dice: Random, row: Row, person: Person) -> None:
    year, month, day = row["date_of_birth"].split("-")
    if int(day) <= 12:
        row["date_of_birth"] = f"{year}-{day}-{month}"


def _moved(dice: Random, row: Row, person: Person) -> None:
    row["address"] = f"{places.house(dice, person.town)}, {person.town.name}"
    row["postcode"] = identifiers.postcode(dice, person.town.area)


def _no_postcode(dice: Random, row: Row, person: Person) -> None:
    row["postcode"] = ""


def _no_address(dice: Random, row: Row, person: Person) -> None:
    row["address"] = ""


def _siblings_upn(dice: Random, row: Row, person: Person) -> None:
    row["upn"] = identifiers.upn(person.school.number, between(dice, 10, 25), between(dice, 0, 999))


def _other_surname(dice: Random, row: Row, person: Person) -> None:
    row["surname"] = names.family_name(dice)


MISTAKES: tuple[tuple[Callable[[Mix], float], Callable[[Random, Row, Person], None]], ...] = (
    (lambda mix: mix.short_form, _short_form),
    (lambda mix: mix.slip_forename, _slip_in("forename")),
    (lambda mix: mix.slip_surname, _slip_in("surname")),
    (lambda mix: mix.dropped_part, _dropped),
    (lambda mix: mix.swapped, _swapped),
    (lambda mix: mix.digit, _digit),
    (lambda mix: mix.day_month, _day_month),
    (lambda mix: mix.moved, _moved),
    (lambda mix: mix.no_postcode, _no_postcode),
    (lambda mix: mix.no_address, _no_address),
    (lambda mix: mix.slip_address, _slip_in("address")),
    (lambda mix: mix.siblings_upn, _siblings_upn),
    (lambda mix: mix.other_surname, _other_surname),
)


@dataclass(frozen=True, slots=True)
class HardPairs:
    """Pairs of two different people each: what is on the register and what came in."""

    register: list[Row]
    incoming: list[Row]


def hard_pairs(count: int, seed: int) -> HardPairs:
    """Twins, brothers and sisters with the other's pupil number, strangers of one name and birthday, twins with the
    other's numbers and twins whose first names are nearly the same, in turn."""
    dice, place = Random(seed), council(seed)
    register, incoming = [], []
    homes = {
        (each.family, each.line_1): each for each in people(dice, place, count * 3 // 2, Numbering(1, 0, ON))
    }
    for number, person in enumerate(list(homes.values())[:count]):
        row = row_of(dice, person)
        register.append(row)
        incoming.append(HARD[number % len(HARD)](dice, row, person) | {"id": f"in{number}"})
    return HardPairs(register, incoming)


def _twin(dice: Random, row: Row, person: Person) -> Row:
    gender = one_of(dice, ("F", "M"))
    other = _another(dice, person.given, gender)
    return row | {"forename": other, "gender": gender, "upn": "", "uln": "", "middle_name": ""}


def _sibling(dice: Random, row: Row, person: Person) -> Row:
    born = date.fromordinal((person.born or 0) + between(dice, 330, 900)).isoformat()
    other = _another(dice, person.given, person.gender)
    return row | {"forename": other, "date_of_birth": born, "uln": "", "middle_name": ""}


def _namesake(dice: Random, row: Row, person: Person) -> Row:
    numbers = one_of(dice, ("", identifiers.upn(person.school.number, 12, between(dice, 0, 999))))
    town = one_of(dice, council(7).towns)
    return row | {
        "upn": numbers,
        "uln": "",
        "postcode": identifiers.postcode(dice, town.area),
        "address": f"{places.house(dice, town)}, {town.name}",
        "middle_name": "",
    }


def _another_altogether(dice: Random, person: Person) -> str:
    while _could_be_called(name := _another(dice, person.given, person.gender), person):
        pass
    return name


def _could_be_called(name: str, person: Person) -> bool:
    """Whether this is a form or a part of the person's own names: nobody calls their twin that."""
    own, other = fold(f"{person.given} {person.middle}"), fold(name)
    forms = [same_by_another_form(one, part) for one in own.split() for part in other.split()]
    return any(forms) or bool(set(own.split()) & set(other.split()))


def _twin_with_numbers(dice: Random, row: Row, person: Person) -> Row:
    return row | {"forename": _another_altogether(dice, person), "middle_name": ""}


def _rhyming_twin(dice: Random, row: Row, person: Person) -> Row:
    """Lena and Lana: as far apart as a slip of the pen, and two names all the same. Who stands on the register with a
    slip of the pen has no such twin: that would be they themselves."""
    others = names.GIRLS if person.gender == "F" else names.BOYS
    others = others if person.given in others else ()
    near = [name for name in others if 0 < OSA.distance(fold(name), fold(person.given)) <= 2]
    near = [name for name in near if not _could_be_called(name, person)]
    other = one_of(dice, tuple(near)) if near else _another_altogether(dice, person)
    return row | {"forename": other, "upn": "", "uln": "", "middle_name": ""}


HARD = (_twin, _sibling, _namesake, _twin_with_numbers, _rhyming_twin)
