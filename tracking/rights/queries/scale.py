"""How much a council holds, in figures for its impact assessment."""

from django.db.models import Count, Q

from neet.accounts.models import User
from schools.models import Authority, Membership
from tracking.register.models import Objection, YoungPerson
from tracking.retention.models import Breach
from tracking.rights.models import RightsRequest


def scale_of(authority: Authority) -> tuple[tuple[str, int], ...]:
    """What is counted, in words, and how many; five statements."""
    people = YoungPerson.objects.filter(authority=authority).aggregate(
        all=Count("pk"), hidden=Count("pk", filter=Q(restricted_on__isnull=False))
    )
    objections = Objection.objects.filter(person__authority=authority, withdrawn_on=None)
    working = Membership.objects.filter(authority=authority, user__is_active=True)
    return (
        ("Young people", people["all"]),
        ("Records hidden by a court or for safety", people["hidden"]),
        ("Objections to what places of learning pass on", objections.values("person").distinct().count()),
        (
            "People with a place here who may sign in",
            User.objects.filter(pk__in=working.values("user")).count(),
        ),
        ("Requests about records, ever", RightsRequest.objects.filter(person__authority=authority).count()),
        ("Breaches written down, ever", Breach.objects.filter(authority=authority).count()),
    )
