"""Who may sign a survey's file off: a second person where the council wants one, else its maker, with a reason."""

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.activity_survey.models import ActivitySurvey


class CannotSign(Exception):
    """The file cannot be signed off so; the words are for the page."""


def is_own_work(survey: ActivitySurvey, by: User) -> bool:
    """Whether they made the file."""
    return by.pk == survey.made_by_id


def may_sign(survey: ActivitySurvey, by: User) -> bool:
    """Whether this person may sign this file off at all (setting of the authority)."""
    scope = scope_of(by)
    if survey.authority.needs_second_person:
        return scope.can(Permission.FILE_SIGN_OFF) and not is_own_work(survey, by)
    return scope.can(Permission.FILE_SIGN_OFF) or scope.can(Permission.FILE_BUILD)


def refuse_signing(survey: ActivitySurvey, by: User, why: str) -> None:
    """Raises CannotSign where there is no file, or the person or the reason is missing."""
    if survey.made_at is None:
        raise CannotSign("The file is not made yet.")
    if not may_sign(survey, by):
        raise CannotSign("Somebody else signs this file off: not who made it.")
    if is_own_work(survey, by) and not why.strip():
        raise CannotSign("Enter why you sign off your own work")
