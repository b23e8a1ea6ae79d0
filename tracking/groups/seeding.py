"""The groups an invented council names."""

from neet.accounts.models import User
from schools.models import Authority
from tracking.groups.actions import Naming, keep_group
from tracking.rules.groups import Asked, Line, Rule
from tracking.seeding.actions import FIRST_CODE, Invention

YOUNG_PARENTS = Rule((Line((Asked("characteristic", "120"), Asked("characteristic", "190"))),))
CARE = Rule(
    (Line((Asked("characteristic", "110"), Asked("characteristic", "160"))), Line((Asked("year", 17),)))
)
NO_PLAN = Rule((Line((Asked("need", "SENS"),)), Line((Asked("need", "EHCP"),), is_turned=True)))
KEPT = (
    (Naming("Young parents", is_shared=True, in_reports=True), YOUNG_PARENTS),
    (Naming("In care or care leavers, Year 13", is_shared=True, in_reports=True), CARE),
    (Naming("SEN support and no plan", is_shared=True), NO_PLAN),
)


def invent_groups(invention: Invention) -> None:
    """A data officer names a few groups and shares them."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    held = {"memberships__role": "mi_officer", "memberships__authority": here}
    keeper = User.objects.filter(**held).order_by("pk").first() if here else None
    if here is None or keeper is None:
        return
    for naming, rule in KEPT:
        keep_group(authority=here, naming=naming, rule=rule, by=keeper)
