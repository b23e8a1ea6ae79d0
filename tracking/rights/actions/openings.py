"""Looking into an emergency."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.register.actions.reach import repeated
from tracking.register.actions.upkeep import EMERGENCY
from tracking.register.models import AccessGrant, Task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.kinds import Kind
from tracking.rights.models import LookedInto
from tracking.rights.queries.openings import emergencies

SAYS = 500


def look_into(*, grant: AccessGrant, found: str, words: str, by: User) -> LookedInto:
    """What was found when the opening of a hidden record was looked into; not by whoever opened it. Closes the task
    that asked for it. Raises NotRight, NotPermitted."""
    if not words.strip():
        raise NotRight({"words": "Enter what you found and did"})
    person = grant.person
    with recorded(Kind.LOOKED_INTO, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        held = emergencies(by).order_by().select_for_update(of=("self",)).filter(pk=grant.pk).first()
        if held is None or held.user_id == by.pk:
            raise NotPermitted(Permission.AUDIT_READ)
        row, is_new = LookedInto.objects.get_or_create(
            grant=held, defaults={"found": found, "words": words.strip()[:SAYS], "looked_by": by}
        )
        if not is_new:
            repeated(event)
        Task.objects.filter(
            person=person, kind=EMERGENCY, cause__startswith=f"{held.user_id} ", done_at__isnull=True
        ).update(done_at=clock.now(), done_by=by, outcome=row.get_found_display())
        return row
