"""Reading out of the ordinary: telling who governs information, and looking into it."""

from datetime import datetime

from django.conf import settings

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.messages.actions import Letter, send_all
from schools.models import Membership
from tracking.register.actions.access import GOVERNANCE
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.kinds import Kind
from tracking.rights.models import UnusualReading
from tracking.rights.queries.openings import Read, unusual_at, unusual_seen_by

SAYS = 500


def raise_alarms(*, at: datetime) -> int:
    """Put whoever reads out of the ordinary before those who govern information, once until it was looked into, and
    tell them; returns how many are new. It names nobody whose record was opened (threat T6)."""
    new = 0
    for each in unusual_at(at):
        new += _raised(each)
    return new


def _raised(found: Read) -> bool:
    told = {
        "people": found.reading.people,
        "late": found.reading.late,
        "beyond": found.reading.beyond,
        "colleagues": round(found.reading.colleagues),
    }
    whose = {"authority_id": found.authority_id, "account_id": found.account_id, "role": found.role}
    open_one = UnusualReading.objects.filter(**whose, looked_at=None)
    if open_one.exists():
        open_one.update(**told)
        return False
    with recorded(Kind.UNUSUAL_READING, by=None, authority_id=found.authority_id, counts=told) as event:
        _, is_new = UnusualReading.objects.get_or_create(**whose, looked_at=None, defaults=told)
        event.counts |= {"account": found.account_id}
        if is_new:
            _tell(found)
    return is_new


def _tell(found: Read) -> None:
    """A message to everybody who governs information there, but not to whom it is about: another looks into it."""
    held = Membership.objects.running(clock.today()).filter(authority=found.authority_id, role=GOVERNANCE)
    others = set(held.values_list("user", flat=True)) - {found.account_id}
    send_all(
        letters=[
            Letter("unusual_reading", ("user", pk), found.authority_id, {"base_url": settings.BASE_URL})
            for pk in sorted(others)
        ]
    )


def look_into_reading(*, reading: UnusualReading, found: str, words: str, by: User) -> UnusualReading:
    """What was found when somebody's reading was looked into; never by whoever read. What they opened until now counts
    no more. Raises NotRight, NotPermitted."""
    if not words.strip():
        raise NotRight({"words": "Enter what you found and did"})
    counts = {"account": reading.account_id}
    with recorded(Kind.READING_LOOKED_INTO, by=by, authority_id=reading.authority_id, counts=counts) as event:
        held = unusual_seen_by(by).order_by().select_for_update(of=("self",)).filter(pk=reading.pk).first()
        if held is None or held.account_id == by.pk:
            raise NotPermitted(Permission.AUDIT_READ)
        if held.looked_at:
            repeated(event)
            return held
        held.found, held.words = found, words.strip()[:SAYS]
        held.looked_at, held.looked_by = clock.now(), by
        held.save(update_fields=["found", "words", "looked_at", "looked_by"])
        return held
