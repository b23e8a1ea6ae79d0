"""What a record shows of what somebody seeks, what keeps them from it and what was agreed last (R82)."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import Seeking
from tracking.register.queries.seeking import Sought, sought_line


@dataclass(frozen=True)
class SeekingPanel:
    """What is sought in words; None where nobody asked yet."""

    sought: Sought | None
    may_change: bool
    template: str = "tracking/seeking_panel.html"


def seeking_panel(person_id: int, user: User, on: date) -> SeekingPanel | None:
    """For those who read it: where something was said, or where they may write it down; one statement."""
    who = asker(user, on)
    if not who.reads("seeking.sector"):
        return None
    held = Seeking.objects.filter(person=person_id).select_related("district").first()
    sought = sought_line(held, ruleset(on), barriers=who.reads("seeking.barriers")) if held else None
    may_change = scope_of(user).can(Permission.PERSON_CHANGE)
    return SeekingPanel(sought, may_change) if sought or may_change else None
