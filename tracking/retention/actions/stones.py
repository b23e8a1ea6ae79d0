"""Who was erased stays erased: a list of meaningless numbers beside the database, and erasing again after a restore."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.conf import settings

from neet.audit.actions import recorded
from tracking.register.models import YoungPerson
from tracking.retention.actions.taking_away import take_away
from tracking.retention.kinds import Kind
from tracking.retention.models import Tombstone

CHUNK = 500


class NotAList(Exception):
    """The file is not a list of who was erased; the words name the line."""


def keep_list() -> int:
    """Write who was erased into the file beside the database, with those it names already: a backup that is restored
    one day may be older than an erasure. The file is whole at any moment. Says how many it names."""
    path: Path = settings.ERASED_LIST
    stones = Tombstone.objects.order_by("pk").values_list("ref", "erased_at")
    known = {**listed_in(path), **{ref: at.isoformat() for ref, at in stones}}
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii", delete=False) as draft:
        draft.writelines(f"{ref},{at}\n" for ref, at in sorted(known.items()))
    Path(draft.name).replace(path)
    return len(known)


def listed_in(path: Path) -> dict[UUID, str]:
    """Who stands in such a file; nobody where there is none. Raises NotAList."""
    if not path.exists():
        return {}
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        ref, _, at = line.partition(",")
        try:
            found[UUID(ref)] = at
        except ValueError:
            raise NotAList(f"{path.name}, line {number}: no number of somebody who was erased") from None
    return found


def erase_again(*, lists: Sequence[Path] = ()) -> int:
    """Erase whoever was erased before and is here again, as the database, the list beside it and these lists say.
    Nobody on a list has to be here. Says how many it was. Raises NotAList."""
    refs = set(Tombstone.objects.values_list("ref", flat=True))
    for path in (settings.ERASED_LIST, *lists):
        refs |= set(listed_in(path))
    again = 0
    for some in _chunks(sorted(refs)):
        here = YoungPerson.objects.filter(ref__in=some).order_by("pk").values_list("pk", "authority_id")
        by_authority: dict[int, list[int]] = {}
        for pk, authority_id in here:
            by_authority.setdefault(authority_id, []).append(pk)
        again += sum(_erase(authority_id, people) for authority_id, people in by_authority.items())
    keep_list()
    return again


def _erase(authority_id: int, people: list[int]) -> int:
    with recorded(Kind.ERASED_AGAIN, by=None, authority_id=authority_id, subjects=people) as event:
        gone, counts = take_away(people=people, run=None, by=None)
        event.subjects, event.counts = gone, {"people": len(gone), "rows": sum(counts.values())}
    return len(gone)


def _chunks(refs: Iterable[UUID]) -> Iterable[list[UUID]]:
    left = iter(refs)
    while some := list(islice(left, CHUNK)):
        yield some
