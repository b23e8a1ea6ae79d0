"""How far a council's set-up is: one line for each thing to say, with its page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from caseload.allocation.models import CaseSettings, StagePlan
from caseload.plan.models import CouncilYear, Post
from caseload.plan.queries.items import terms_at
from caseload.referrals.queries import answering_services
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.context import address
from neet.ui.words import many
from schools.models import Authority
from tracking.register.models import Task

SAID, AS_IT_COMES, TO_DO = ("Said", "good"), ("As it comes", "plain"), ("To do", "attention")


@dataclass(frozen=True)
class Step:
    """One thing to say about a council, and how it stands."""

    words: str
    hint: str
    url: str
    status: tuple[str, str]


def steps(authority: Authority, user: User, on: date) -> tuple[Step, ...]:
    """What there is to say, in the order in which it is best said. Pages this person does not open have no address."""
    scope = scope_of(user)

    def page(name: str, permission: Permission) -> str:
        return address(name) if scope.can(permission) else ""

    services, working = authority.services.count(), answering_services(authority.pk, on).count()
    said = CaseSettings.objects.filter(authority=authority).first()
    terms = CouncilYear.objects.filter(authority=authority).exists()
    meetings = authority.meeting_types.filter(ended_on=None).count()
    posts = Post.objects.filter(authority=authority).count()
    items = Task.objects.filter(authority=authority, kind="plan", person=None).count()
    shape = (said or CaseSettings()).get_shape_display()
    stages = StagePlan.objects.filter(authority=authority).count()
    return (
        Step("Services", f"{services} here, {working} with colleagues who work on cases",
             page("council", Permission.ESTABLISHMENT_CHANGE), SAID if working else TO_DO),
        Step("How you work", shape, page("council_of_cases", Permission.ALLOCATE), SAID if said else AS_IT_COMES),
        Step("Stages of every month", f"{stages} of your own" if stages else "The usual ones",
             page("council_of_cases", Permission.ALLOCATE), SAID if stages else AS_IT_COMES),
        Step("Terms", f"{len(terms_at(authority))} in a school year", reverse("council_like"),
             SAID if terms else AS_IT_COMES),
        Step("Kinds of meeting", many(meetings, "kind,kinds"), page("meeting_types", Permission.CASE_WORK),
             SAID if meetings else TO_DO),
        Step("Who answers for what", many(posts, "post,posts"), reverse("posts"), SAID if posts else TO_DO),
        Step("Plan of the year", many(items, "item,items"), reverse("year_plan"), SAID if items else TO_DO),
    )  # fmt: skip
