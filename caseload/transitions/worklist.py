"""What services said of their Year 11 and 12, for the list before the September Guarantee's cohort is set (R141)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from caseload.transitions.models import CohortAnswer
from caseload.transitions.queries.cohort import progress
from schools.models import Authority
from tracking.guarantee.statements import Awaited, Doubt, Group
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year
from tracking.rules.codes import CohortKind


def of_services(authority: Authority, year: int, on: date) -> Iterator[Doubt | Awaited]:
    """Whom a service says moved away and who is still in our cohort; services that have not said who is theirs."""
    if academic_year(on) != year - 1:
        return
    here = sorted(ruleset(on).cohort_letters(CohortKind.PRIMARY))
    said = CohortAnswer.objects.filter(
        person__authority=authority, person__cohort_status__in=here, year=year - 1
    )
    for each in said.filter(answer=CohortAnswer.Answer.MOVED).select_related("service").order_by("pk"):
        yield Doubt(Group.MOVED, each.person_id, f"{each.service}: moved away")
    for team in progress(authority.pk, on):
        if team.left:
            url = reverse("confirm_cohort", args=[team.service.pk])
            yield Awaited(Group.SERVICES, str(team.service), team.left, url)
