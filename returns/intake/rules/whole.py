"""The file as a whole: one line for each learner, no number beside two names, first and last names in their places."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from returns.intake.rules.found import Found, Trouble, found
from tracking.rules.matching.names import fold, short_forms

Row = tuple[int, Mapping[str, str]]

NUMBERS = {"young_person_id": "council number", "upn": "UPN", "uln": "ULN"}
ENOUGH_NAMES, CLEARLY = 10, 0.3


def find(rows: Iterable[Row]) -> list[Found]:
    """Problems that only show when all clean rows of a file, (row number, values), are looked at together."""
    rows = list(rows)
    same = {(number, other) for number, other in _same_person(rows)}
    problems = [_twice(number, other) for number, other in sorted(same)]
    told = {number for number, _ in same}
    for name, words in NUMBERS.items():
        problems += _shared(rows, name, words, same)
    problems += _same_name(rows, told)
    problems += _swapped(rows)
    return problems


def _same_person(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Pairs of rows of one learner: name and birth date agree and no number speaks against it, or a number and one
    more fact agree. Each row with the first of its kind."""
    for group in _groups(rows, _name_and_birth):
        yield from _pairs(group, lambda one, other: not _numbers_differ(one, other))
    for name in NUMBERS:
        for group in _groups(rows, lambda values, name=name: values.get(name, "")):  # type: ignore[misc]
            yield from _pairs(group, _agree_on_a_fact)


def _pairs(
    group: Sequence[Row], are_one: Callable[[Mapping[str, str], Mapping[str, str]], bool]
) -> Iterator[tuple[int, int]]:
    first, one = group[0]
    for number, other in group[1:]:
        if are_one(one, other):
            yield number, first
            yield first, number


def _groups(rows: Sequence[Row], key: Callable[[Mapping[str, str]], str]) -> list[list[Row]]:
    """Rows that agree, where two or more do."""
    found_at: dict[str, list[Row]] = defaultdict(list)
    for number, values in rows:
        if value := key(values):
            found_at[value].append((number, values))
    return [group for group in found_at.values() if len(group) > 1]


def _name_and_birth(values: Mapping[str, str]) -> str:
    names = (values.get("family_name", ""), values.get("given_name", ""), values.get("date_of_birth", ""))
    return "|".join((fold(names[0]), fold(names[1]), names[2])) if all(names) else ""


def _numbers_differ(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return any(one.get(name) and other.get(name) and one[name] != other[name] for name in NUMBERS)


def _agree_on_a_fact(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    if one.get("date_of_birth") and one.get("date_of_birth") == other.get("date_of_birth"):
        return fold(one.get("given_name", ""))[:3] == fold(other.get("given_name", ""))[:3]
    return all(fold(one.get(name, "")) == fold(other.get(name, "")) for name in ("family_name", "given_name"))


def _twice(number: int, other: int) -> Found:
    why = f"Row {other} is the same learner; a return has one line for each."
    return found(
        number, "", "", Trouble("twice", why, "Keep the row with the main course and take the other off.")
    )


def _shared(rows: Sequence[Row], name: str, words: str, same: set[tuple[int, int]]) -> Iterator[Found]:
    for group in _groups(rows, lambda values: values.get(name, "")):
        (first, one), *others = group
        strangers = [number for number, _ in others if (number, first) not in same]
        if not strangers:
            continue
        yield _number_shared(first, name, words, one[name], strangers[0])
        for number in strangers:
            yield _number_shared(number, name, words, one[name], first)


def _number_shared(number: int, name: str, words: str, value: str, other: int) -> Found:
    why = f"Row {other} has the same {words} for another learner; one of the two is wrong."
    return found(
        number, name, value, Trouble("shared_number", why, "Correct the wrong one, or empty its cell.")
    )


def _same_name(rows: Sequence[Row], told: set[int]) -> Iterator[Found]:
    for group in _groups(rows, _name_and_birth):
        numbers = [number for number, _ in group]
        for number in numbers:
            other = next(each for each in numbers if each != number)
            if number not in told:
                why = f"Row {other} has the same name and date of birth, with other numbers."
                trouble = Trouble("same_name", why, "Say that they are two people, or take one row off.")
                yield found(number, "", "", trouble)


def _swapped(rows: Sequence[Row]) -> Iterator[Found]:
    """Whether known first names stand among the last names, and not the other way round."""
    last = _share_of_first_names(values.get("family_name", "") for _, values in rows)
    first = _share_of_first_names(values.get("given_name", "") for _, values in rows)
    if len(rows) >= ENOUGH_NAMES and last > first + CLEARLY:
        why = "Most last names of this file look like first names, and the first names do not."
        fix = "Go back to the columns and let the two change places, or say that they are right."
        yield found(0, "family_name", "", Trouble("swapped_columns", why, fix))


def _share_of_first_names(names: Iterable[str]) -> float:
    known = short_forms()
    given = [fold(name).split(" ")[0] for name in names if name]
    return sum(name in known for name in given) / len(given) if given else 0.0
