"""What the DfE's replies put on the month page."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.nccis.models import Submission
from returns.replies.models import Reply
from returns.replies.queries import SentMonth, replies_to, sent_months
from schools.models import Authority
from tracking.rules.months import ReportingMonth


@dataclass(frozen=True)
class RepliesPanel:
    """The replies to a month's files, and the file whose reply may be noted next."""

    replies: tuple[Reply, ...]
    sent: Submission | None
    months: tuple[SentMonth, ...]
    may: bool
    template: str = "returns/replies/month_panel.html"


def month_panel(authority: Authority, period_end: date, user: User) -> RepliesPanel | None:
    """What the DfE said of a month's files; nothing before one was sent. Four statements."""
    sent = (
        Submission.objects.filter(authority=authority, period_end=period_end, sent_at__isnull=False)
        .defer("content")
        .first()
    )
    if sent is None:
        return None
    month = ReportingMonth(period_end)
    found = tuple(replies_to(authority, month))
    return RepliesPanel(found, sent, sent_months(authority, month), scope_of(user).can(Permission.FILE_BUILD))
