"""What is kept and erased in a council of the world, by what an address may name."""

from datetime import date
from typing import Any

from neet import clock
from neet.accounts.models import User
from neet.files.actions import store
from tests.access.world_of_work import Record
from tracking.retention.models import Breach, ErasureRun, LegalHold

AS_OF = date(2026, 11, 1)


def build_keeping(record: Record, by: User) -> dict[str, Any]:
    """A list that was erased, a hold that stands, and a breach."""
    authority = record.person.authority
    paper = store(
        source=[b"%PDF-1.7"], name="c.pdf", purpose="erasure certificate", by=by, authority_id=authority.pk
    )
    run = ErasureRun.objects.create(
        authority=authority,
        as_of=AS_OF,
        state=ErasureRun.State.DONE,
        finished_at=clock.now(),
        proposed_by=by,
        certificate=paper,
    )
    hold = LegalHold.objects.create(authority=authority, person=record.person, reason="A claim", placed_by=by)
    breach = Breach.objects.create(authority=authority, what="A bag was lost", known_at=clock.now())
    return {"erasure_run": run.pk, "legal_hold": hold.pk, "breach": breach.pk}
