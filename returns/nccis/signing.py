"""Who may sign a month's file off: a second person where the council wants one, else its builder, with a reason."""

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.nccis.models import Submission
from tracking.figures.models import Freeze


class CannotSign(Exception):
    """The file cannot be signed off so; the words are for the page."""


class NotSigned(Exception):
    """A file goes to the DfE when it is signed off."""


def is_own_work(submission: Submission, by: User) -> bool:
    """Whether they froze the month or built the file."""
    makers = {submission.built_by_id, submission.freeze.frozen_by_id if submission.freeze else None}
    return by.pk in makers


def may_sign(submission: Submission, by: User) -> bool:
    """Whether this person may sign this file off at all (setting of the authority)."""
    scope = scope_of(by)
    if submission.authority.needs_second_person:
        return scope.can(Permission.FILE_SIGN_OFF) and not is_own_work(submission, by)
    return scope.can(Permission.FILE_SIGN_OFF) or scope.can(Permission.FILE_BUILD)


def refuse_signing(submission: Submission, by: User, why: str) -> Freeze:
    """The frozen month that is signed off with the file. Raises CannotSign where the file is no longer that of the
    month, or the person or the reason is missing."""
    if submission.freeze is None:
        raise CannotSign(
            "This file was built to look at. Freeze the month, build the file and sign that one off."
        )
    if submission.freeze.replaced_at is not None:
        raise CannotSign("The month was frozen again after this file was built. Build it once more.")
    if not may_sign(submission, by):
        raise CannotSign("Somebody else signs this file off: not who froze the month or built the file.")
    if is_own_work(submission, by) and not why.strip():
        raise CannotSign("Enter why you sign off your own work")
    return submission.freeze
