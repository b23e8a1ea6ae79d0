"""The file as a whole: one line for each learner, no number beside two names, first and last names in their places."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from returns.intake.layouts.columns import Column, Layout
from returns.intake.rules.context import Context
from returns.intake.rules.found import Found, Trouble, found
from tracking.rules.matching.names import fold, short_forms

Values = Mapping[str, str]
Row = tuple[int, Values]
Pair = tuple[int, int]

NUMBERS = {"young_person_id": "council number", "upn": "UPN", "uln": "ULN"}
ENOUGH_NAMES, CLEARLY = 10, 0.3


def find(rows: Iterable[Row]) -> list[Found]:
    """Problems that only show when all clean rows of a file, (row number, values), are looked at together."""
    rows = list(rows)
    namesakes = _groups(rows, [_name_and_birth(values) for _, values in rows])
    sharing = {name: _groups(rows, [values.get(name, "") for _, values in rows]) for name in NUMBERS}
    same = set(_same_person(namesakes, sharing))
    problems = [_twice(number, other) for number, other in _once_each(same)]
    for name, groups in sharing.items():
        problems += _shared(groups, name, same)
    problems += _same_name(namesakes, {number for number, _ in same})
    problems += _swapped(rows)
    return problems


def lines_of_one(rows: Sequence[Row]) -> list[Pair]:
    """Lines whose learner stands on an earlier line too, as (line, first line of the learner)."""
    namesakes = _groups(rows, [_name_and_birth(values) for _, values in rows])
    sharing = {name: _groups(rows, [values.get(name, "") for _, values in rows]) for name in NUMBERS}
    firsts = dict(_once_each(set(_same_person(namesakes, sharing))))
    earlier = {line: first for line, first in firsts.items() if first < line}
    return [(line, _root(line, earlier)) for line in sorted(earlier)]


def _root(line: int, earlier: Mapping[int, int]) -> int:
    while line in earlier:
        line = earlier[line]
    return line


def not_there(layout: Layout, columns: Collection[str], context: Context) -> list[Found]:
    """Columns a college's file should have and has not (R14: the core aim). Asked once, not on each row."""
    if not context.is_college:
        return []
    missing = [each for each in layout.columns if each.required_at_colleges and each.name not in columns]
    return [found(0, column.name, "", _no_column(column)) for column in missing]


def _no_column(column: Column) -> Trouble:
    why = f"No heading of the file holds “{column.words}”."
    return Trouble("no_column", why, "Choose its heading, add it to the file, or say why you do not have it.")


def _groups(rows: Sequence[Row], keys: Sequence[str]) -> list[list[Row]]:
    """Rows whose keys agree, where two or more do; an empty key agrees with none."""
    first: dict[str, Row] = {}
    found_at: dict[str, list[Row]] = {}
    for key, row in zip(keys, rows, strict=True):
        if not key:
            continue
        if key in first:
            found_at.setdefault(key, [first[key]]).append(row)
        else:
            first[key] = row
    return list(found_at.values())


def _name_and_birth(values: Values) -> str:
    born = values.get("date_of_birth")
    last, first = values.get("family_name"), values.get("given_name")
    return f"{born}{fold(last)}|{fold(first)}" if born and last and first else ""


def _same_person(namesakes: Iterable[list[Row]], sharing: Mapping[str, list[list[Row]]]) -> Iterator[Pair]:
    """Pairs of rows of one learner, both ways round: name and birth date agree and no number speaks against it, or a
    number and one more fact agree."""
    for group in namesakes:
        (first, one), *others = group
        for number, other in others:
            if not _numbers_differ(one, other):
                yield from ((number, first), (first, number))
    for groups in sharing.values():
        for (first, one), *others in groups:
            for number, other in others:
                if _agree_on_a_fact(one, other):
                    yield from ((number, first), (first, number))


def _numbers_differ(one: Values, other: Values) -> bool:
    return any(one.get(name) and other.get(name) and one[name] != other[name] for name in NUMBERS)


def _agree_on_a_fact(one: Values, other: Values) -> bool:
    """Whether two rows with one number are one learner: the first name begins alike and the birth date agrees, or
    both names agree. Twins and brothers share more than this."""
    first, second = fold(one.get("given_name", "")), fold(other.get("given_name", ""))
    if one.get("date_of_birth") and one.get("date_of_birth") == other.get("date_of_birth"):
        return first[:3] == second[:3]
    return first == second and fold(one.get("family_name", "")) == fold(other.get("family_name", ""))


def _once_each(same: Iterable[Pair]) -> list[Pair]:
    """For each row the first row it is the same as."""
    first: dict[int, int] = {}
    for number, other in sorted(same):
        first.setdefault(number, other)
    return list(first.items())


def _twice(number: int, other: int) -> Found:
    why = f"Row {other} is the same learner; a return has one line for each."
    return found(
        number, "", "", Trouble("twice", why, "Keep the row with the main course and take the other off.")
    )


def _shared(groups: Iterable[list[Row]], name: str, same: set[Pair]) -> Iterator[Found]:
    for (first, one), *others in groups:
        strangers = [number for number, _ in others if (number, first) not in same]
        if strangers:
            yield _number_shared(first, name, one[name], strangers[0])
        for number in strangers:
            yield _number_shared(number, name, one[name], first)


def _number_shared(number: int, name: str, value: str, other: int) -> Found:
    why = f"Row {other} has the same {NUMBERS[name]} for another learner; one of the two is wrong."
    return found(
        number, name, value, Trouble("shared_number", why, "Correct the wrong one, or empty its cell.")
    )


def _same_name(namesakes: Iterable[list[Row]], told: set[int]) -> Iterator[Found]:
    for group in namesakes:
        numbers = [number for number, _ in group]
        for number in numbers:
            if number not in told:
                other = next(each for each in numbers if each != number)
                why = f"Row {other} has the same name and date of birth, with other numbers."
                trouble = Trouble("same_name", why, "Say that they are two people, or take one row off.")
                yield found(number, "", "", trouble)


def _swapped(rows: Sequence[Row]) -> Iterator[Found]:
    """Whether known first names stand among the last names, and not the other way round."""
    last = share_of_first_names([values.get("family_name", "") for _, values in rows])
    first = share_of_first_names([values.get("given_name", "") for _, values in rows])
    if len(rows) >= ENOUGH_NAMES and last > first + CLEARLY:
        why = "Most last names of this file look like first names, and the first names do not."
        fix = "Go back to the columns and let the two change places, or say that they are right."
        yield found(0, "family_name", "", Trouble("swapped_columns", why, fix))


def share_of_first_names(names: Sequence[str]) -> float:
    """How many of these names, from 0 to 1, are known as first names; several of one name count once."""
    known, given = short_forms(), {fold(name).partition(" ")[0] for name in names if name}
    return sum(name in known for name in given) / len(given) if given else 0.0
