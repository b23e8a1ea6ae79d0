"""Naming a group, changing whom it means, and forgetting it."""

from dataclasses import dataclass

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.groups.kinds import Kind
from tracking.groups.models import Group
from tracking.rules.groups import Rule, checked, written

MOST_KEPT = 50


class TooMany(Exception):
    """Somebody keeps as many groups as one person may."""


@dataclass(frozen=True)
class Naming:
    """What a group is called, and who finds it."""

    name: str
    is_shared: bool = False
    in_reports: bool = False


def keep_group(*, authority: Authority, naming: Naming, rule: Rule, by: User) -> Group:
    """A group of one's own under a name; the same name again is the same group, changed. What the monthly report tells
    of is shared. Raises TooMany, NotARule."""
    with recorded(Kind.KEPT, by=by, authority_id=authority.pk) as event:
        own = Group.objects.filter(authority=authority, owner=by)
        if own.exclude(name=naming.name).count() >= MOST_KEPT:
            raise TooMany
        said = {
            "rule": written(checked(rule)),
            "is_shared": naming.is_shared or naming.in_reports,
            "in_reports": naming.in_reports,
            "kept_at": clock.now(),
        }
        kept, _ = Group.objects.update_or_create(
            authority=authority, owner=by, name=naming.name, defaults=said
        )
        event.counts = {"group": kept.pk}
    return kept


def change_rule(*, group: Group, rule: Rule, by: User) -> Group:
    """Whom one's own group means from now on. Raises NotARule."""
    with recorded(Kind.CHANGED, by=by, authority_id=group.authority_id, counts={"group": group.pk}):
        now = Group.objects.select_for_update(of=("self",)).get(pk=group.pk, owner=by)
        now.rule, now.kept_at = written(checked(rule)), clock.now()
        now.save(update_fields=["rule", "kept_at"])
    return now


def forget_group(*, group: Group, by: User) -> None:
    """Take one's own group away, from colleagues it was shared with too."""
    with recorded(Kind.FORGOTTEN, by=by, authority_id=group.authority_id, counts={"group": group.pk}):
        Group.objects.filter(pk=group.pk, owner=by).delete()
