"""A later version of a return takes the place of those sent before it, where its sender says so (R9)."""

from collections.abc import Callable

from django.db import transaction

from neet.accounts.models import User
from returns.intake.actions.applying import confirm, no_fence
from returns.intake.actions.locking import locked
from returns.intake.actions.taking_back import withdraw
from returns.intake.checking import compare_again
from returns.intake.models import Intake
from returns.intake.refusals import Changed


def confirm_instead(*, intake: Intake, by: User | None, fence: Callable[[], None] = no_fence) -> Intake:
    """Take the versions sent before out of the register and put this one in, in one transaction: what only they said
    is gone. First it is compared as `confirm` does. Raises Changed, NotNow, NotReady, NotPermitted.
    """
    if changed := _changed_since(intake):
        raise Changed(changed)
    with transaction.atomic():
        for each in intake.expected.intakes.filter(state__in=Intake.APPLIED).order_by("-version"):
            withdraw(intake=each, by=by)
        held = locked(intake, *Intake.OPEN)
        compare_again(held)
        held.save(update_fields=["counts", "fingerprint", "compared_at"])
        return confirm(intake=held, by=by, fence=fence)


def _changed_since(intake: Intake) -> int:
    """For how many young people the register is no longer as the sender saw it; the new comparison is kept."""
    with transaction.atomic():
        held = locked(intake, *Intake.OPEN)
        before = held.fingerprint
        changed = compare_again(held).changed
        held.save(update_fields=["counts", "fingerprint", "compared_at"])
    return 0 if held.fingerprint == before else max(changed, 1)
