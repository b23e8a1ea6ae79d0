"""Trying out, taking in and taking back as jobs do it."""

from collections.abc import Callable

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from returns.bring import actions
from returns.bring.models import Load
from returns.bring.outcome import CannotTake


def try_out(work: Work) -> dict[str, int]:
    """Try a file out. The fence stands last, so that stopping works meanwhile."""
    return _done(work, actions.try_out)


def take_in(work: Work) -> dict[str, int]:
    """Take a file in."""
    return _done(work, actions.take_in)


def take_back(work: Work) -> dict[str, int]:
    """Take a load out of the register again, for the reason kept when it was asked for."""
    try:
        with transaction.atomic():
            load = Load.objects.get(pk=work.payload["load"])
            done = actions.undo_load(load=load, by=work.by, why=load.undone_why)
            work.still_mine()
    except actions.NotNow as reason:
        raise JobFailed(str(reason)) from None
    return {each.table: each.put_back + each.removed for each in done}


def _done(work: Work, act: Callable[..., Load]) -> dict[str, int]:
    try:
        with transaction.atomic():
            load = act(load=Load.objects.get(pk=work.payload["load"]), by=work.by)
            work.still_mine()
    except (CannotTake, actions.NotNow) as reason:
        raise JobFailed(str(reason)) from None
    return dict(load.counts)
