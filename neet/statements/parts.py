"""What among the arguments of a statement is a value, and what decides its look.

Numbers and UUIDs are values: they name rows. So are `Ids` and `Words`. All else (roles, days, codes, truth, `Fixed`
numbers) decides the look.
"""

from collections.abc import Hashable, Iterator
from dataclasses import replace
from functools import singledispatch
from typing import Any
from uuid import UUID


class Fixed(int):
    """A number that decides the look: how many rows, from which on."""


class Ids(tuple[int, ...]):
    """Keys of rows, however many: one value, for the lookup `any`. That there are none decides the look."""

    __slots__ = ()


class Words(str):
    """What somebody typed, as one value."""

    __slots__ = ()


Number = int | UUID | Ids | Words
Parts = tuple[Hashable, tuple[Number, ...]]


def in_order(found: tuple[Number, ...]) -> list[Number]:
    """Each number once: the plain ones by size, so that ours take their order too, whatever is made of it."""
    return [
        *sorted({each for each in found if type(each) is int}),
        *dict.fromkeys(each for each in found if type(each) is not int),
    ]


@singledispatch
def parted(value: Any) -> Parts:
    """What decides the look of a statement, and the numbers in the order in which `renumbered` takes them."""
    return value, ()


@singledispatch
def renumbered(value: Any, numbers: Iterator[Number]) -> Any:
    """The same value with other numbers in it."""
    return value


@parted.register
def _(value: int) -> Parts:
    return (int, (value,)) if type(value) is int else (value, ())


@renumbered.register
def _(value: int, numbers: Iterator[Number]) -> Any:
    return next(numbers) if type(value) is int else value


@parted.register
def _(value: UUID) -> Parts:
    return UUID, (value,)


@renumbered.register
def _(value: UUID, numbers: Iterator[Number]) -> Any:
    return next(numbers)


@parted.register
def _(value: Ids) -> Parts:
    return (Ids, (value,)) if value else (value, ())


@renumbered.register
def _(value: Ids, numbers: Iterator[Number]) -> Any:
    return next(numbers) if value else value


@parted.register
def _(value: Words) -> Parts:
    return (Words, (value,)) if value else (value, ())


@renumbered.register
def _(value: Words, numbers: Iterator[Number]) -> Any:
    return next(numbers) if value else value


@parted.register(tuple)
def _(value: tuple[Any, ...]) -> Parts:
    parts = [parted(each) for each in value]
    return tuple(look for look, _ in parts), tuple(number for _, found in parts for number in found)


@renumbered.register(tuple)
def _(value: tuple[Any, ...], numbers: Iterator[Number]) -> Any:
    return tuple(renumbered(each, numbers) for each in value)


def values_in(kind: type, *names: str) -> None:
    """Of this dataclass these fields are values, where they are said; the others decide the look."""

    def taken(whole: Any) -> tuple[Any, ...]:
        return tuple(getattr(whole, name) for name in names)

    def parts(whole: Any) -> Parts:
        look, numbers = parted(taken(whole))
        return (replace(whole, **dict.fromkeys(names)), look), numbers

    def other(whole: Any, numbers: Iterator[Number]) -> Any:
        return replace(whole, **dict(zip(names, renumbered(taken(whole), numbers), strict=True)))

    parted.register(kind, parts)
    renumbered.register(kind, other)
