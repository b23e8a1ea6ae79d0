"""Pages ask the same of one record after another, and Django takes longer to put such a statement together than the
database takes to answer it.

    @built_once
    def offers_of(person_id: int, user: User, on: date) -> QuerySet[Offer]:
        return Offer.objects.filter(places_shown(asker(user, on)), person=person_id)

A look is kept only where the same comes out for the numbers asked by and for numbers of our own, but for these: a
statement that depends on them in any other way, or on the time, is built each time. What is kept holds for one day and
one state of the rules (settings.STATEMENTS_FOLLOW). Outside requests nothing is kept or taken.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial, wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.core.signals import setting_changed
from django.db import connection
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from neet import clock
from neet.audit.context import request_id
from neet.statements import lookups  # noqa: F401  # conditions may name `any`
from neet.statements.looks import (
    Look,
    NotAlwaysTheSame,
    asked_by,
    finished,
    is_ours,
    look_of,
    our_own,
    to_keep,
    with_number,
)
from neet.statements.parts import Number, in_order, parted, renumbered

log = logging.getLogger(__name__)
Asked = ParamSpec("Asked")
Rows = TypeVar("Rows", bound=QuerySet[Any, Any] | dict[str, QuerySet[Any, Any]])

MOST_KEPT = 800
ASKED_ONCE = object()  # a look that is asked for once is not worth the work
NEVER = object()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_lock = Lock()


def built_once(build: Callable[Asked, Rows]) -> Callable[Asked, Rows]:
    """A function that returns rows to be read, or several by name, called with values that can be kept (a list
    cannot), none by name: its statements are put together for the first two calls of each look. What it returns takes
    no further condition, whether it is kept or not."""
    return _asking(build, reads_rules=True)


def built_once_whatever_the_rules(build: Callable[Asked, Rows]) -> Callable[Asked, Rows]:
    """The same for a function that asks nothing of the rules, on pages that need not ask for them either."""
    return _asking(build, reads_rules=False)


def _asking(build: Callable[Asked, Rows], *, reads_rules: bool) -> Callable[Asked, Rows]:
    @wraps(build)
    def ask(*args: Asked.args, **named: Asked.kwargs) -> Rows:
        if named or not request_id.get():
            return _finished(build(*args, **named))
        look, found = parted(args)
        numbers = in_order(found)
        pattern = tuple(numbers.index(each) for each in found)
        key = (build, look, pattern, clock.today(), _followed() if reads_rules else ())
        kept = _taken(key)
        if isinstance(kept, Look):
            return asked_by(kept, numbers)  # type: ignore[return-value]  # rows of the same kind
        if isinstance(kept, dict):
            return {name: asked_by(each, numbers) for name, each in kept.items()}  # type: ignore[return-value]  # as above
        rows = build(*args, **named)
        if kept is ASKED_ONCE:
            ours = our_own(numbers)
            with _without_rules(reads_rules):
                other = partial(build, *renumbered(args, iter([ours[place] for place in pattern])))
                _keep(key, _proved(other, rows, numbers))
        elif kept is None:
            _keep(key, ASKED_ONCE)
        return _finished(rows)

    return ask


def _finished(rows: Rows) -> Rows:
    if isinstance(rows, dict):
        return {name: finished(each) for name, each in rows.items()}  # type: ignore[return-value]  # rows of the same kind
    return finished(rows)  # type: ignore[return-value]  # as above


def _proved(build: Callable[[], Any], rows: Any, numbers: list[Number]) -> object:
    """The look of what is built with numbers of our own, where these rows have it too once theirs are put in; NEVER
    where they have not. Where settings.STATEMENTS_BUILT_ONCE_OR_FAIL it raises NotAlwaysTheSame instead."""
    try:
        with _nothing_asked():
            ours = build()
            if not isinstance(rows, dict):
                return _same(ours, rows, numbers)
            return {name: _same(ours[name], each, numbers) for name, each in rows.items()}
    except NotAlwaysTheSame as why:
        if settings.STATEMENTS_BUILT_ONCE_OR_FAIL:
            raise
        log.warning("a statement is built each time: %s", why)
        return NEVER


def _same(ours: QuerySet[Any, Any], rows: QuerySet[Any, Any], numbers: list[Number]) -> Look:
    look, real = look_of(ours), look_of(rows)
    if look.text != real.text or with_number(look.values, numbers) != real.values:
        raise NotAlwaysTheSame("Its text or other values changed with the numbers, or with time")
    if any(is_ours(mine) and mine == theirs for mine, theirs in zip(look.values, real.values, strict=True)):
        raise NotAlwaysTheSame("One of its values looks like our own")
    return to_keep(look)


@contextmanager
def _without_rules(reads_rules: bool) -> Iterator[None]:
    """Who reads rules all the same has to ask for them here, and is refused."""
    mark = request_id.set(request_id.get() if reads_rules else "no request")
    try:
        yield
    finally:
        request_id.reset(mark)


@contextmanager
def _nothing_asked() -> Iterator[None]:
    """What is built from what the database says is out of date as soon as it says something else."""

    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        raise NotAlwaysTheSame("It asks the database while it is built")

    with connection.execute_wrapper(refuse):
        yield


def _followed() -> tuple[Hashable, ...]:
    return tuple(import_string(path)() for path in settings.STATEMENTS_FOLLOW)


def _taken(key: Hashable) -> Any:
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: Hashable, found: object) -> None:
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def forget(**_: Any) -> None:
    """Nothing is kept any more: settings have changed."""
    with _lock:
        _kept.clear()


setting_changed.connect(forget)
