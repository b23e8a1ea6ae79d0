"""An officer writes down that a young person takes back what they agreed to."""

from neet.accounts.models import User
from neet.accounts.roles import Permission
from returns.surveys.many.actions.answering import end_consent
from returns.surveys.many.kinds import Kind
from tracking.register.actions.reach import changing, repeated
from tracking.register.models import YoungPerson


def withdraw_consent(*, person: YoungPerson, by: User) -> None:
    """From today on their school is told nothing of them; twice is once. Raises NotPermitted."""
    with changing(person, Kind.CONSENT_WITHDRAWN, permission=Permission.PERSON_CHANGE, by=by) as (now, event):
        if not end_consent(now.pk):
            repeated(event)
