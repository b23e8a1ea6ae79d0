"""Searches: kept on the server under a meaningless number, so that no name ever stands in an address."""

from collections.abc import Mapping
from datetime import timedelta

from neet import clock
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from tracking.register.kinds import Kind
from tracking.register.models import SavedSearch

FORGOTTEN_AFTER = timedelta(days=1)
MOST_KEPT = 30


def remember_search(*, words: str, by: User) -> SavedSearch:
    """What was typed, for this person only; the ones of yesterday that were not kept are forgotten."""
    with recorded(Kind.SEARCHED, by=by, authority_id=_authority(by)):
        yesterdays = SavedSearch.objects.filter(user=by, name="", made_at__lt=clock.now() - FORGOTTEN_AFTER)
        yesterdays.delete()
        return SavedSearch.objects.create(user=by, words=words.strip()[:200])


def keep_filters(*, name: str, filters: Mapping[str, str], by: User) -> SavedSearch:
    """The filters of a list under a name of the person's own; the same name again replaces them."""
    with recorded(Kind.SEARCH_KEPT, by=by, authority_id=_authority(by)):
        kept, _ = SavedSearch.objects.update_or_create(
            user=by, name=name.strip()[:80], defaults={"filters": dict(filters), "words": ""}
        )
        surplus = SavedSearch.objects.filter(user=by).exclude(name="").order_by("-made_at")[MOST_KEPT:]
        SavedSearch.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))).delete()
        return kept


def forget_search(*, search: SavedSearch, by: User) -> None:
    """Take a kept search away."""
    with recorded(Kind.SEARCH_FORGOTTEN, by=by, authority_id=_authority(by)):
        SavedSearch.objects.filter(pk=search.pk, user=by).delete()


def _authority(by: User) -> int | None:
    return next(iter(scope_of(by).authority_ids), None)
