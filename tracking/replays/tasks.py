"""Reading a past day again, as a job does it."""

from datetime import date, datetime

from django.db import transaction

from neet.jobs.work import JobFailed, Work
from tracking.replays.actions import CannotRead, PastDay
from tracking.replays.actions import replay as read_again


def replay(work: Work) -> dict[str, int]:
    """Read the day both ways. The fence stands last, so that stopping works meanwhile."""
    past = PastDay(
        work.authority_id or 0,
        date.fromisoformat(work.payload["day"]),
        datetime.fromisoformat(work.payload["known_at"]),
        work.payload["freeze"],
    )
    try:
        with transaction.atomic():
            made = read_again(past=past, by=work.by)
            work.still_mine()
    except CannotRead as reason:
        raise JobFailed(str(reason)) from None
    return {"replay": made.pk, "different": made.different}
