"""An officer writes down that a young person takes back what they agreed to."""

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from returns.surveys.many.actions.answering import end_consent
from returns.surveys.many.kinds import Kind
from tracking.register.actions.reach import locked, repeated
from tracking.register.models import YoungPerson


def withdraw_consent(*, person: YoungPerson, by: User) -> None:
    """From today on their school is told nothing of them; twice is once. Raises NotPermitted."""
    subject = [person.pk]
    with recorded(Kind.CONSENT_WITHDRAWN, by=by, authority_id=person.authority_id, subjects=subject) as event:
        held = locked(person, by=by, permission=Permission.PERSON_CHANGE)
        if not end_consent(held.pk):
            repeated(event)
