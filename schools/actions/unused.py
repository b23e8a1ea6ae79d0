"""Accounts nobody uses: whoever does not sign in for a long time is warned, then the account closes by itself."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import F, Max, Q
from django.db.models.functions import Greatest

from neet.accounts.models import DEMONSTRATION_DOMAIN, User
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from neet.clock import LONDON
from neet.messages.actions import Letter, send_all
from neet.messages.models import Message
from schools.actions.people import Refused, close_unused

WARNING, WARNED_FOR = "account_unused", timedelta(days=14)


def close_unused_accounts(*, day: date) -> dict[str, int]:
    """Close whoever was warned fourteen days ago and did not come, warn whom it will meet, as the settings say how many
    days may pass (none: never). Programs have tokens that end by themselves. Who looks after the accounts reopens one;
    whoever is the last to do that stays (threat T10)."""
    if not settings.UNUSED_ACCOUNT_DAYS:
        return {"warned": 0, "closed": 0}
    unused = _unused_since(day - timedelta(days=settings.UNUSED_ACCOUNT_DAYS) + WARNED_FOR)
    warned = _warned(unused)
    over = datetime.combine(day, time(), LONDON) - WARNED_FOR + timedelta(days=1)
    to_warn = [user for user in unused if user.pk not in warned]
    closed = sum(_closed(user) for user in unused if user.pk in warned and warned[user.pk] < over)
    facts = {"days": WARNED_FOR.days, "base_url": settings.BASE_URL}
    send_all(letters=[Letter(WARNING, ("user", user.pk), facts=facts) for user in to_warn])
    return {"warned": len(to_warn), "closed": closed}


def _unused_since(day: date) -> list[User]:
    """People's accounts nobody signed in with, and nobody opened again, from that day on; with the moment of their last
    use as `used_at`."""
    moment = datetime.combine(day, time(), LONDON)
    found = (
        User.objects.filter(is_active=True, created_at__lt=moment)
        .filter(Q(last_login=None) | Q(last_login__lt=moment))
        .exclude(memberships__tokens__isnull=False)
        .exclude(email__endswith=f"@{DEMONSTRATION_DOMAIN}")
        .annotate(used_at=Greatest(F("created_at"), F("last_login")))
        .order_by("pk")
    )
    reopened = AuditEvent.objects.filter(kind=Kind.ACCOUNT_REACTIVATED, at__gte=moment)
    again = set(reopened.values_list("counts__account", flat=True))
    return [user for user in found if user.pk not in again]


def _warned(unused: list[User]) -> dict[int, datetime]:
    """When each of them was warned since they last came."""
    sent = Message.objects.filter(template=WARNING, recipient_kind="user")
    last = dict(
        sent.filter(recipient_id__in=[user.pk for user in unused])
        .order_by()
        .values_list("recipient_id")
        .annotate(last=Max("created_at"))
    )
    used = {user.pk: user.used_at for user in unused}  # type: ignore[attr-defined]  # annotated by _unused_since
    return {pk: last[pk] for pk in used if pk in last and last[pk] > used[pk]}


def _closed(user: User) -> bool:
    try:
        close_unused(user=user, why=f"Nobody signed in with it for {settings.UNUSED_ACCOUNT_DAYS} days")
    except Refused:
        return False
    return True
