"""A council's beginning: the council and the person who looks after its accounts, before there is anything else."""

from dataclasses import dataclass

from django.db import transaction

from neet.accounts.models import User
from neet.accounts.scope import Place
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.actions.invitations import invite
from schools.actions.people import Refused
from schools.kinds import Kind
from schools.models import Authority, Invitation

FIRST = "mi_officer"  # who gives a council's other roles, brings its register and makes its file


@dataclass(frozen=True)
class Beginning:
    """What a council begins with. `database_id` is how the numbers given to its young people begin: three digits."""

    code: str
    name: str
    database_id: str
    administrator: str
    email: str


def make_council(*, code: str, name: str, database_id: str, by: User | None) -> Authority:
    """A council with nobody and nothing yet. That the code is one of the code list is for the caller to see to."""
    with recorded(Kind.COUNCIL_BEGUN, by=by, counts={"authorities": 1}) as event:
        council = Authority.objects.create(code=code, name=name, database_id=database_id)
        event.authority_id = council.pk
    return council


@transaction.atomic
def begin_council(*, beginning: Beginning, by: User) -> Invitation:
    """Make the council and invite its first data officer, or neither; of two at once the second sees what the first
    made. Raises Refused where it is here already or the invitation may not be sent."""
    one_at_a_time("council_begun")
    if there := Authority.objects.filter(code=beginning.code).first():
        raise Refused(f"{there.name} ({there.code}) is here already.")
    if there := Authority.objects.filter(database_id=beginning.database_id).first():
        raise Refused(f"The numbers of {there.name} begin with {beginning.database_id} already.")
    council = make_council(code=beginning.code, name=beginning.name, database_id=beginning.database_id, by=by)
    place = Place(FIRST, council.pk, can_submit=True)
    return invite(name=beginning.administrator, email=beginning.email, place=place, by=by)
