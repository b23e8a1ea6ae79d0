"""What is your council like? Five answers, and the months, the meetings and the plan follow them (R147)."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.text import slugify

from caseload.allocation.actions import set_up
from caseload.allocation.queries import settings_of
from caseload.allocation.rules import Planned
from caseload.allocation.statements import Council
from caseload.plan.actions.year import set_up_year
from caseload.plan.kinds import Kind
from caseload.plan.models import CouncilYear
from caseload.plan.queries.board import may_change
from caseload.plan.statements import CouncilTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from schools.actions.places import save_place
from schools.models import Authority, Service
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import academic_year

STAGE = ("words", "first_working_day", "last_working_day", "every_months", "months_before")


def set_up_council(*, authority: Authority, told: CouncilTold, by: User) -> dict[str, int]:
    """The council works as the five answers say: its shape, the service that answers where no rule names one, its
    terms, and where asked for the usual meetings and the plan of the year. What is there already stays.

    Returns how many kinds of meeting and items of the plan are new. Raises NotRight, NotPermitted.
    """
    with recorded(Kind.COUNCIL_SET_UP, by=by, authority_id=authority.pk) as event:
        set_up(authority=authority, council=council_of(authority, told, by), by=by)
        CouncilYear.objects.update_or_create(authority=authority, defaults={"terms": told.terms})
        event.counts = {"items": 0}
        if told.takes_meetings:
            begin = import_string(settings.USUAL_MEETINGS)
            event.counts["meetings"] = begin(authority=authority, by=by)
        if told.takes_plan and may_change(by, authority.pk):
            today = clock.today()
            event.counts["items"] = set_up_year(
                authority=authority, year=academic_year(today), on=today, by=by
            )
        return event.counts


def council_of(authority: Authority, told: CouncilTold, by: User) -> Council:
    """The answers as the months read them; days, and stages of the same shape, stay as they were."""
    now = settings_of(authority)
    stays = now.shape == told.shape
    rows = authority.stage_plans.order_by("place").values_list(*STAGE) if stays else []
    return Council(
        shape=told.shape,
        default_service=service_of(authority, told, by),
        warn_days=now.warn_days,
        referral_days=now.referral_days,
        stages=[Planned(*each) for each in rows],
    )


def service_of(authority: Authority, told: CouncilTold, by: User) -> Service | None:
    """The service that was named, or a new one of that name."""
    name = told.new_service.strip()
    if not name:
        return told.service
    if told.service:
        raise NotRight({"new_service": "Select a service or enter a new one, not both"})
    if not scope_of(by).can(Permission.ESTABLISHMENT_CHANGE):
        raise NotPermitted(Permission.ESTABLISHMENT_CHANGE)
    slug = slugify(name)[:40] or "service"
    if there := Service.objects.filter(authority=authority, slug=slug).first():
        return there
    return save_place(row=Service(authority=authority, slug=slug, name=name, short_name=name[:30]), by=by)
