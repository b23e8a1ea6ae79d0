"""What the survey puts on the first page of a school."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from returns.activity_survey.models import ActivitySurveyMember


@dataclass(frozen=True)
class ReportPanel:
    """The autumn of the latest survey that tells of them."""

    year: int
    template: str = "returns/activity_survey/home.html"


def school_panel(user: User, on: date) -> ReportPanel | None:
    """For who returns for a school of which a finished survey tells; one statement."""
    places = scope_of(user).where(Permission.RETURN_CONTRIBUTE)
    own = [place.establishment_id for place in places if place.establishment_id]
    if not own:
        return None
    told = ActivitySurveyMember.objects.filter(
        establishment__in=own,
        survey__reading="statutory",
        survey__signed_off_at__isnull=False,
        survey__authority__in=scope_of(user).authority_ids,
    )
    year = told.order_by("-survey__year").values_list("survey__year", flat=True).first()
    return ReportPanel(year) if year else None
