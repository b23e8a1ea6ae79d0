"""Marking those who have outgrown the cohort, many at once."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from tracking.reference.queries import ruleset
from tracking.register.kinds import Kind
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted
from tracking.rules.codes import CohortKind


def age_out(*, people: Sequence[int], on: date, by: User) -> int:
    """Mark these young people as aged out from the day, so that the file of that month says so once.

    Takes only those the person may see and who are still in the primary cohort; answers how many. One
    statement. Raises NotPermitted.
    """
    if not scope_of(by).can(Permission.TRANSFER):
        raise NotPermitted
    rules = ruleset(on)
    (aged_out,) = rules.cohort_letters(CohortKind.AGED_OUT)
    mine = YoungPerson.objects.visible_to(by).filter(
        pk__in=people, cohort_status__in=rules.cohort_letters(CohortKind.PRIMARY)
    )
    authority_ids = set(mine.values_list("authority_id", flat=True))
    with recorded(Kind.COHORT_STATUS_SET, by=by, authority_id=min(authority_ids, default=None)) as event:
        event.subjects = list(
            mine.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True)
        )
        changed = YoungPerson.objects.filter(pk__in=event.subjects).update(
            cohort_status=aged_out, cohort_status_on=on, version=F("version") + 1
        )
        event.counts = {"people": changed}
    return changed
