"""Whoever is taught at home is looked up before the cohort is set: do they still live here, and how is that known?"""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import ResidencyCheck
from tracking.register.actions.reach import locked
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight


def check_residency(
    *, person: YoungPerson, year: int, outcome: str, evidence: str, by: User
) -> ResidencyCheck:
    """Write down what was found for the September of a year (R38). The record itself is changed by whoever then ends
    their time in our cohort. Raises NotRight, NotPermitted."""
    if outcome not in ResidencyCheck.Outcome.values:
        raise NotRight({"outcome": "Select what was found"})
    if not evidence.strip():
        raise NotRight({"evidence": "Enter how that is known"})
    with recorded(
        Kind.RESIDENCY_CHECKED, by=by, authority_id=person.authority_id, subjects=[person.pk]
    ) as event:
        locked(person, by=by, permission=Permission.PERSON_CHANGE)
        said = {"outcome": outcome, "evidence": evidence.strip(), "checked_on": clock.today()}
        same = ResidencyCheck.objects.filter(person=person, year=year, checked_by=by, **said).first()
        if same:
            event.counts["repeated"] = 1
            return same
        return ResidencyCheck.objects.create(person=person, year=year, checked_by=by, **said)
