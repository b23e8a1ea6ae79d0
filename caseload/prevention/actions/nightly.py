"""What the turn of a month brings about: everybody's points are kept, so that they can be looked at later."""

from datetime import date

from dateutil.relativedelta import relativedelta

from caseload.prevention.kinds import Kind
from caseload.prevention.models import RiskPoints
from caseload.prevention.queries.points import points_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.rules.months import ReportingMonth

KEPT_FOR = relativedelta(years=3)
AT_ONCE = 5_000


def keep_points(*, day: date) -> dict[str, int]:
    """Keep the points of the month that ended last, council by council, once; and forget those of three years ago.

    A timer that comes late keeps what the register says of that day by now.
    """
    month = ReportingMonth.of(day).before.ends_on
    kept = sum(keep_month(authority=each, month=month) for each in Authority.objects.order_by("pk"))
    return {"kept": kept}


def keep_month(*, authority: Authority, month: date) -> int:
    """The points on the last day of one month; how many have any. Kept already, nothing happens."""
    with recorded(Kind.POINTS_KEPT, by=None, authority_id=authority.pk) as event:
        one_at_a_time("risk_points", authority.pk)
        RiskPoints.objects.filter(person__authority=authority, month__lt=month - KEPT_FOR).delete()
        if RiskPoints.objects.filter(person__authority=authority, month=month).exists():
            event.counts["repeated"] = 1
            return 0
        made = RiskPoints.objects.bulk_create(
            (
                RiskPoints(person_id=each.person, month=month, points=each.points, reasons=list(each.reasons))
                for each in points_of(authority, month)
            ),
            batch_size=AT_ONCE,
        )
        event.counts["kept"] = len(made)
        return len(made)
