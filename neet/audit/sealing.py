"""Closing the trail behind us: every minute what is finished is chained to what was sealed before."""

from django.db import connection, transaction

from neet.audit.models import Seal
from neet.audit.queries import horizon, links, unsealed
from neet.audit.rules import chain

MOST = 5_000
LOCK = 0x6E656574  # any number, the same for every sealer


def seal_events() -> int:
    """Seal what can be sealed now; returns how many events that was. Two sealers at once: the second does nothing."""
    sealed = 0
    while count := _seal_some():
        sealed += count
        if count < MOST:
            break
    return sealed


@transaction.atomic
def _seal_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    below = horizon()
    last = Seal.objects.order_by("id").last()
    ids = unsealed(last=last, horizon=below, most=MOST)
    if not ids:
        return 0
    _write(ids, last, below)
    return len(ids)


def _write(ids: list[int], last: Seal | None, below: int) -> None:
    previous = bytes(last.digest) if last else chain.BEGINNING
    found = links(ids)
    digests = list(chain.chained(previous, (found[event_id] for event_id in ids)))
    Seal.objects.create(
        event_ids=ids,
        digests=b"".join(digests),
        previous=previous,
        digest=digests[-1],
        # a full seal may have left some behind: the next one looks again from where this one began
        below=below if len(ids) < MOST else (last.below if last else 0),
    )
