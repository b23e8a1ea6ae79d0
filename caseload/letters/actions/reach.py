"""Whose letters these are, asked again at the moment of change."""

from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.batches import batches_seen
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.register.actions.reach import locked
from tracking.register.refusals import NotPermitted, NotRight

OVER = (LetterBatch.State.SENT, LetterBatch.State.DROPPED)


def refuse_strangers(by: User, authority_id: int) -> None:
    """Raise NotPermitted unless this user writes to many for the council."""
    if all(place.authority_id != authority_id for place in scope_of(by).where(Permission.CONTACT_MANY)):
        raise NotPermitted(Permission.CONTACT_MANY)


def held(batch: LetterBatch, *, by: User) -> LetterBatch:
    """The batch as it stands now, held until the end, for who writes to many and sees everybody in it. Raises
    NotPermitted."""
    refuse_strangers(by, batch.authority_id)
    seen = batches_seen(by).select_for_update(of=("self",)).select_related("authority", "file")
    found = seen.filter(pk=batch.pk).first()
    if found is None:
        raise NotPermitted(Permission.CONTACT_MANY)
    return found


def refuse_over(batch: LetterBatch) -> None:
    if batch.state in OVER:
        raise NotRight({"": "These letters were sent or given up already."})


def held_letter(letter: Letter, *, by: User, permission: Permission) -> Letter:
    """One letter and its person's row as they stand now, the person's first, as every change of a record does. Raises
    NotPermitted."""
    person = locked(letter.person, by=by, permission=permission)
    found = Letter.objects.select_for_update(of=("self",)).select_related("batch").get(pk=letter.pk)
    found.person = person
    return found
