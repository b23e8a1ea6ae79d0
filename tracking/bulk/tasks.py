"""Making and taking back as jobs do it. The fence stands last, so that stopping works meanwhile."""

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from tracking.bulk import actions
from tracking.bulk.models import BulkChange
from tracking.bulk.refusals import NotNow


def change(work: Work) -> dict[str, int]:
    """Make a change to many."""
    try:
        with transaction.atomic():
            done = actions.change_many(change=_change(work), tell=work.progress)
            work.still_mine()
    except NotNow as reason:
        raise JobFailed(str(reason)) from None
    return {"change": done.pk}


def take_back(work: Work) -> dict[str, int]:
    """Take it back, for whoever asked."""
    try:
        with transaction.atomic():
            if work.by is None:
                raise NotNow("Whoever asked for this has no account here any more.")
            done = actions.take_back(change=_change(work), by=work.by)
            work.still_mine()
    except NotNow as reason:
        raise JobFailed(str(reason)) from None
    return {"change": done.pk}


def _change(work: Work) -> BulkChange:
    return BulkChange.objects.select_related("made_by", "agreed_by").get(pk=work.payload["change"])
