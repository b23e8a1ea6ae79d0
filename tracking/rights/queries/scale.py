"""How much a council holds, in figures for its impact assessment: an assessment is shown around, so it tells no small
number of young people (decision 0109)."""

from django.db.models import Count, Q

from neet.accounts.models import User
from schools.models import Authority, Membership
from tracking.register.models import Objection, YoungPerson
from tracking.retention.models import Breach
from tracking.rights.models import RightsRequest
from tracking.rules.disclosure import HIDDEN, are_few


def scale_of(authority: Authority) -> tuple[tuple[str, str], ...]:
    """What is counted, in words, and how many as it may be shown; five statements."""
    people = YoungPerson.objects.filter(authority=authority).aggregate(
        all=Count("pk"), hidden=Count("pk", filter=Q(restricted_on__isnull=False))
    )
    objections = Objection.objects.filter(person__authority=authority, withdrawn_on=None)
    working = Membership.objects.filter(authority=authority, user__is_active=True)
    asked = RightsRequest.objects.filter(person__authority=authority)
    accounts = User.objects.filter(pk__in=working.values("user")).count()
    return (
        ("Young people", _shown(people["all"])),
        ("Records hidden by a court or for safety", _shown(people["hidden"])),
        (
            "Objections to what places of learning pass on",
            _shown(objections.values("person").distinct().count()),
        ),
        ("People with a place here who may sign in", f"{accounts:,}"),
        ("Requests about records, ever", _shown(asked.count())),
        ("Breaches written down, ever", f"{Breach.objects.filter(authority=authority).count():,}"),
    )


def _shown(number: int) -> str:
    return HIDDEN if are_few(number) else f"{number:,}"
