"""What a statement looks like, with places for its numbers; and a queryset that is asked by it."""

import re
from copy import copy
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import QuerySet

from neet.statements.parts import Ids, Number, Words
from neet.statements.prepared import asked_for, typed

OURS = 3 << 60  # where our own numbers begin: no row has one of them
READ_OF_A_STATEMENT = frozenset({"extra_select", "values_select", "annotation_select", "selected"})
MARK = "\ue000"  # around a number in our own words: of a range that belongs to nobody's writing
OUR_WORDS = re.compile(f"{MARK}([0-9]{{1,4}}){MARK}")


class NotAlwaysTheSame(Exception):
    """A statement cannot be built once: it depends on more than the numbers in it."""


@dataclass(frozen=True)
class Look:
    """A compiled statement in which numbers of our own stand for those asked by; none has text that has no rows
    whatever the numbers are."""

    rows: QuerySet[Any, Any]
    compiler: Any
    text: str
    values: tuple[Any, ...]
    typed: str = ""
    taken: tuple[Any, ...] = ()

    def filled(self, numbers: list[Number]) -> tuple[str, tuple[Any, ...]]:
        """Text and values. Raises EmptyResultSet where the statement has no rows."""
        if not self.text:
            raise EmptyResultSet
        return self.text, tuple(with_number(each, numbers) for each in self.values)

    def prepared(self, numbers: list[Number]) -> tuple[str, tuple[Any, ...]]:
        """The text that is the same for all numbers, and these. Raises EmptyResultSet as above."""
        if not self.text:
            raise EmptyResultSet
        return self.typed, tuple(with_number(each, numbers) for each in self.taken)


def our_own(numbers: list[Number]) -> list[Number]:
    """As many numbers of our own, each of its kind."""
    return [_of_ours(number, place) for place, number in enumerate(numbers)]


def _of_ours(number: Number, place: int) -> Number:
    match number:
        case UUID():
            return UUID(int=(OURS << 60) + place)
        case Words():
            return Words(f"{MARK}{place}{MARK}")
        case Ids():
            return Ids((OURS + place,))
    return OURS + place


def with_number(value: Any, numbers: list[Number]) -> Any:
    """The value itself, or the number that ours stands for; so for each of a list."""
    if isinstance(value, list | tuple):
        filled = type(value)(with_number(each, numbers) for each in value)
        return list(filled[0]) if len(filled) == 1 and isinstance(filled[0], Ids) else filled
    place = -1
    if type(value) is int:
        place = value - OURS
    elif type(value) is UUID:
        place = value.int - (OURS << 60)
    elif isinstance(value, str) and (found := OUR_WORDS.fullmatch(value)):
        place = int(found[1])
    return numbers[place] if 0 <= place < len(numbers) else value


def look_of(rows: QuerySet[Any, Any]) -> Look:
    """The rows' statement, compiled. Raises NotAlwaysTheSame for rows that bring others with them from elsewhere."""
    inside: Any = rows  # what Django keeps in a queryset, which its stubs do not name
    fetched = [each for each in inside._prefetch_related_lookups if not isinstance(each, str)]
    if fetched or inside._known_related_objects:
        raise NotAlwaysTheSame("It keeps rows or statements of the arguments it was built with")
    compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        text, values = compiler.as_sql()
    except EmptyResultSet:
        text, values = "", ()
    return Look(rows, compiler, text, tuple(values))


def to_keep(look: Look) -> Look:
    """The same with the text that the database may prepare."""
    text, taken = typed(look.text, look.values, is_ours, connection)
    return replace(look, typed=text, taken=taken)


def is_ours(value: Any) -> bool:
    """Whether this is a number of our own, or has one in it."""
    if isinstance(value, list | tuple):
        return any(is_ours(each) for each in value)
    if type(value) is int:
        return value >= OURS
    if type(value) is UUID:
        return value.int >= OURS << 60
    return isinstance(value, str) and OUR_WORDS.fullmatch(value) is not None


def asked_by(look: Look, numbers: list[Number]) -> QuerySet[Any, Any]:
    """The rows for these numbers: a queryset that is asked when it is read, and takes no further condition."""
    return _with_query(look.rows, Filled(look, numbers))


def finished(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """The same rows, which take no further condition: they behave as those of a statement that is kept."""
    return _with_query(rows, Finished(rows.query))


def is_built(rows: QuerySet[Any, Any]) -> bool:
    """Whether these rows take no further condition or order."""
    return isinstance(rows.query, Finished)


def is_kept(rows: QuerySet[Any, Any]) -> bool:
    """Whether their statement was built before, so that the database may have it prepared."""
    return isinstance(rows.query, Filled)


def _with_query(rows: Any, query: "Finished") -> QuerySet[Any, Any]:
    found: Any = rows.__class__(model=rows.model, query=query)
    found._iterable_class = rows._iterable_class
    found._fields = rows._fields
    found._prefetch_related_lookups = rows._prefetch_related_lookups
    return found


class Finished:
    """Stands in a queryset where Django keeps what is asked, and takes nothing more."""

    def __init__(self, query: Any) -> None:
        self._query = query

    def __getattr__(self, name: str) -> Any:
        """What Django reads of a statement to hand its rows out, and nothing by which it would ask another: that
        one would have our own numbers in it."""
        if name in READ_OF_A_STATEMENT:
            return getattr(self._query, name)
        raise TypeError(f"A statement built once takes nothing further ({name}): put it where it is built")

    def get_compiler(self, using: str | None = None, **_: Any) -> Any:
        return self._query.get_compiler(using)

    def sql_with_params(self) -> tuple[str, tuple[Any, ...]]:
        return self._query.sql_with_params()


class Filled(Finished):
    """The same for a statement that was built before: it has only to be sent, with these numbers."""

    def __init__(self, look: Look, numbers: list[Number]) -> None:
        super().__init__(look.rows.query)
        self._look, self._numbers = look, numbers

    def get_compiler(self, using: str | None = None, **_: Any) -> Any:
        """Django's own compiler of the statement, which has only to be sent."""
        compiler = copy(self._look.compiler)
        compiler.connection = connections[using or DEFAULT_DB_ALIAS]
        compiler.execute_sql = self._rows
        return compiler

    def _rows(self, *_: Any, **__: Any) -> list[list[tuple[Any, ...]]]:
        """What Django's compiler finds where it asks for rows: all of them, in one part."""
        try:
            rows = asked_for(*self.prepared())
        except EmptyResultSet:
            return []
        compiler = self._look.compiler
        return [[row[: compiler.col_count] for row in rows] if compiler.has_extra_select else rows]

    def prepared(self) -> tuple[str, tuple[Any, ...]]:
        """Text and values as the database may prepare them."""
        return self._look.prepared(self._numbers)

    def sql_with_params(self) -> tuple[str, tuple[Any, ...]]:
        return self._look.filled(self._numbers)
