"""Due work of the figures: each month's figures are kept as it ended, whether or not anybody freezes it later; the
first reader of a day does not wait for everybody to be counted."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from neet import clock
from schools.models import Authority
from tracking.figures.actions import Month, keep_as_it_ended, keep_wards
from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import asked_today
from tracking.figures.queries.wards import HAS_WARDS
from tracking.figures.standing import bring_up_to_date
from tracking.rules.months import ReportingMonth

KNOWN_THEN = """
    select exists (select from tracking_youngperson_as_known(%(moment)s) p where p.authority_id = %(authority)s)
      and exists (select from tracking_referencerow_as_known(%(moment)s))
"""


def day_began(*, day: date) -> None:
    """What the turn of a day asks of the figures."""
    keep_months_that_ended(day=day)
    keep_wards_of_months()
    if day == clock.today():
        for authority in Authority.objects.order_by("pk"):
            bring_up_to_date(asked_today(authority.pk, day))


def keep_months_that_ended(*, day: date) -> int:
    """Keep the figures of every month that had ended before this day and that nobody has frozen, as they were known
    when it ended; how many were kept.

    Done twice, late, or by two timers at once, each month is kept once and dated for its own end: a timer that was
    down for days or months makes up for them with the very figures it would have kept in time.
    """
    return sum(
        keep_as_it_ended(month=month, moment=_end_of(month.ends_on)) is not None
        for authority in Authority.objects.order_by("pk")
        for month in _not_kept(authority.pk, day)
        if _known_then(month)
    )


def keep_wards_of_months() -> int:
    """Keep the wards of months that were frozen before there was a directory of postcodes; how many months."""
    with connection.cursor() as cursor:
        cursor.execute(HAS_WARDS)
        (is_there,) = cursor.fetchone()
    standing = Freeze.objects.filter(replaced_at__isnull=True, has_wards=False).order_by("pk")
    waiting = list(standing) if is_there else []
    for freeze in waiting:
        keep_wards(freeze=freeze)
    return len(waiting)


def _not_kept(authority_id: int, day: date) -> Iterator[Month]:
    """The months since the newest that stands; of a council without any the last one alone."""
    newest = Freeze.objects.filter(authority=authority_id, replaced_at=None).order_by("-month").first()
    running = ReportingMonth.of(day)
    month = ReportingMonth(newest.month).after if newest else running.before
    while month.ends_on < running.starts_on:
        yield Month(authority_id, month.ends_on)
        month = month.after


def _known_then(month: Month) -> bool:
    """Whether the register held anybody when the month ended, and rules to count them by."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_THEN, {"moment": _end_of(month.ends_on), "authority": month.authority_id})
        return bool(cursor.fetchone()[0])


def _end_of(day: date) -> datetime:
    """Midnight in London."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
