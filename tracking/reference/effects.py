"""What a change of a dated table would do, found out by doing it and taking it back before anybody sees it.

Which function knows is written in settings.REFERENCE_EFFECTS (table: dotted path), since the register stands above the
code lists. It is given a Trial and answers with an Effect.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from neet.accounts.models import User
from tracking.reference.editing import Changed


@dataclass(frozen=True)
class Trial:
    """A change that may be tried: `apply` does it inside a transaction that is rolled back afterwards. `on` is the
    day to compare: today, or the later day from which the change holds.
    """

    table: str
    key: str
    values: dict[str, str]
    on: date
    user: User
    apply: Callable[[], Changed]


@dataclass(frozen=True)
class Move:
    """How many would go from one to another."""

    was: str
    becomes: str
    count: int


@dataclass(frozen=True)
class Touched:
    """One young person of those a change would touch."""

    ref: str
    name: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Effect:
    """What a change would do, in a sentence, by kinds of change, and with some of the young people."""

    words: str
    total: int = 0
    moves: tuple[Move, ...] = ()
    notes: tuple[str, ...] = ()
    sample: tuple[Touched, ...] = ()
    sample_ids: tuple[int, ...] = field(default=(), repr=False)


def effect_of(trial: Trial) -> Effect:
    """Try a change and say what it would do. Nothing of it stays. Raises Refused as the change itself would."""
    path = settings.REFERENCE_EFFECTS.get(trial.table)
    if path is None:
        _taken_back(trial.apply)
        return Effect("This changes what the checks and pages say. No young person's situation rests on it.")
    tell: Callable[[Trial], Effect] = import_string(path)
    return _taken_back(lambda: tell(trial))


def _taken_back(work: Callable):
    with transaction.atomic():
        answer = work()
        transaction.set_rollback(True)
    return answer
