"""Keeping a cut under a name, and forgetting it."""

from collections.abc import Mapping

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.exploring.kinds import Kind
from tracking.exploring.models import SavedCut

MOST_KEPT = 50


class TooMany(Exception):
    """Somebody keeps as many cuts as one person may."""


def keep_cut(
    *, authority: Authority, name: str, asked: Mapping[str, str], is_shared: bool, by: User
) -> SavedCut:
    """What was asked under a name of the person's own; the same name again replaces it. Raises TooMany."""
    with recorded(Kind.CUT_KEPT, by=by, authority_id=authority.pk):
        own = SavedCut.objects.filter(authority=authority, owner=by)
        if own.exclude(name=name).count() >= MOST_KEPT:
            raise TooMany
        said = {"asked": dict(asked), "is_shared": is_shared, "kept_at": clock.now()}
        kept, _ = SavedCut.objects.update_or_create(authority=authority, owner=by, name=name, defaults=said)
    return kept


def forget_cut(*, cut: SavedCut, by: User) -> None:
    """Take one's own kept cut away, from colleagues it was shared with too."""
    with recorded(Kind.CUT_FORGOTTEN, by=by, authority_id=cut.authority_id):
        SavedCut.objects.filter(pk=cut.pk, owner=by).delete()
