"""Gathering and setting a copy, away from the page that asked for it."""

from neet.accounts.models import User
from neet.files.actions import CannotStore
from neet.jobs.work import JobFailed, Work
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.actions.copies import gather, set_ready
from tracking.rights.models import RightsRequest

NOT_THEIRS = "The request is not yours to answer any more. Nothing was changed."


def gather_copy(work: Work) -> dict[str, int]:
    """Everything we hold of whoever asked."""
    request, by = _asked(work)
    try:
        copy = gather(request=request, by=by, still_mine=work.still_mine)
    except NotRight as refused:
        raise JobFailed(str(refused)) from None
    except NotPermitted:
        raise JobFailed(NOT_THEIRS) from None
    return {"parts": copy.entries.count()}


def set_copy(work: Work) -> dict[str, int]:
    """The agreed copy as a document and a spreadsheet."""
    request, by = _asked(work)
    try:
        copy = set_ready(request=request, by=by, still_mine=work.still_mine)
    except (NotRight, CannotStore) as refused:
        raise JobFailed(str(refused)) from None
    except NotPermitted:
        raise JobFailed(NOT_THEIRS) from None
    return {"pages": copy.pages or 0}


def _asked(work: Work) -> tuple[RightsRequest, User]:
    if work.by is None:
        raise JobFailed(NOT_THEIRS)
    found = RightsRequest.objects.select_related("person", "authority").get(pk=work.payload["request"])
    return found, work.by
