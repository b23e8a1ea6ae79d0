"""Erasing a released list, as a job does it."""

from django.db import transaction

from neet import clock
from neet.jobs.work import JobFailed, Work
from tracking.retention.actions import erasing
from tracking.retention.actions.stones import keep_list
from tracking.retention.models import ErasureRun
from tracking.retention.queries import classes_due


def erase(work: Work) -> dict[str, int]:
    """Some people at a time, then class by class, each in a transaction behind the fence; the certificate last. What
    was erased stays erased when the work is stopped; begun again, it goes on where it was."""
    run = ErasureRun.objects.select_related("authority", "proposed_by", "released_by").get(
        pk=work.payload["run"]
    )
    if run.state != ErasureRun.State.RELEASED:
        raise JobFailed("This list was called off or is erased already.")
    on, last, went = clock.today(), 0, 0
    work.progress(0, run.lines.filter(held="").count())
    while people := erasing.people_after(run, last):
        with transaction.atomic():
            work.still_mine()
            went += erasing.erase_some(run=run, people=people, by=work.by, on=on)
        last = people[-1]
        work.progress(work.done + len(people))
    keep_list()
    if run.cause == ErasureRun.Cause.TIME:
        for each in classes_due(run.authority, run.as_of):
            with transaction.atomic():
                work.still_mine()
                erasing.erase_class(run=run, each=each, by=work.by, on=on)
    with transaction.atomic():
        work.still_mine()
        erasing.certify(run=run, by=work.by)
    return {"people": went}
