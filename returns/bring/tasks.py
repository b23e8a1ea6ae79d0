"""Trying out and taking in as jobs do it."""

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from returns.bring import actions
from returns.bring.models import Load
from returns.bring.outcome import CannotTake


def try_out(work: Work) -> dict[str, int]:
    """Try a file out."""
    with transaction.atomic():
        work.still_mine()
        actions.try_out(load=Load.objects.get(pk=work.payload["load"]), by=work.by)
    return {}


def take_in(work: Work) -> dict[str, int]:
    """Take a file in."""
    try:
        with transaction.atomic():
            work.still_mine()
            load = actions.take_in(load=Load.objects.get(pk=work.payload["load"]), by=work.by)
    except (CannotTake, actions.NotNow) as reason:
        raise JobFailed(str(reason)) from None
    return dict(load.counts)
