"""What an invented council has to look into: a manager who opened more records than the work asks."""

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import note_read
from neet.audit.context import acting_role
from schools.models import Authority
from tracking.register.actions.access import open_with_reason
from tracking.register.kinds import Kind
from tracking.register.models import YoungPerson
from tracking.rights.actions.reading import raise_alarms
from tracking.rights.queries.openings import bounds_at
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE, ROLE = "small", "manager"
WHY = "To see how the case stands"


def invent_reading(invention: Invention) -> None:
    """A manager opened as many records that are not theirs as is looked into, each with the same reason; it stands
    before information governance."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or here is None:
        return
    reader = User.objects.filter(memberships__role=ROLE, memberships__authority=here).order_by("pk").first()
    if reader is None:
        return
    wanted = bounds_at(clock.now()).beyond
    people = YoungPerson.objects.of(here).filter(restricted_on=None, merged_into=None).order_by("pk")[:wanted]
    mark = acting_role.set(ROLE)
    try:
        for person in people:
            open_with_reason(person=person, why=WHY, by=reader)
            note_read(Kind.PERSON_READ, by=reader, authority_id=here.pk, subjects=[person.pk])
    finally:
        acting_role.reset(mark)
    raise_alarms(at=clock.now())
