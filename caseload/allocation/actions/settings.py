"""How a council does its monthly work (R147)."""

from caseload.allocation.actions.settling import allowed
from caseload.allocation.kinds import Kind
from caseload.allocation.models import CaseSettings, StagePlan
from caseload.allocation.statements import Council
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.register.refusals import NotRight


def set_up(*, authority: Authority, council: Council, by: User) -> CaseSettings:
    """Say what the council is like; months opened from now on follow it. Without stages they are as they come.

    Raises NotRight, NotPermitted.
    """
    allowed(by, authority.pk)
    if council.shape == CaseSettings.Shape.SIMPLE and council.default_service is None:
        raise NotRight({"default_service": "Select the service that works with everybody"})
    if council.default_service and council.default_service.authority_id != authority.pk:
        raise NotRight({"default_service": "Select a service of this council"})
    with recorded(Kind.SETTINGS_CHANGED, by=by, authority_id=authority.pk):
        said = {
            "shape": council.shape,
            "default_service": council.default_service,
            "warn_days": council.warn_days,
            "referral_days": council.referral_days,
        }
        settings, _ = CaseSettings.objects.update_or_create(authority=authority, defaults=said)
        StagePlan.objects.filter(authority=authority).delete()
        StagePlan.objects.bulk_create(
            StagePlan(
                authority=authority, place=place, words=each.words, first_working_day=each.first_working_day,
                last_working_day=each.last_working_day, every_months=each.every_months,
                months_before=each.months_before,
            )
            for place, each in enumerate(council.stages, start=1)
        )  # fmt: skip
        return settings
