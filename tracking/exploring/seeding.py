"""What the invented council is held against, and the cuts its people keep."""

from neet.accounts.models import User
from schools.models import Authority
from tracking.exploring.actions import keep_cut
from tracking.published.seeding import invent_published
from tracking.seeding.actions import FIRST_CODE, Invention

KEPT = (
    ("Districts month by month", {"rows": "district", "columns": "month", "measure": "together_share"}, True),
    ("NEET with an EHC plan by district", {"rows": "district", "measure": "neet", "need": "ehcp"}, True),
    ("Schools our not known come from", {"rows": "school", "columns": "year", "measure": "not_known"}, False),
)


def invent_figures(invention: Invention) -> None:
    """Published figures of others, and kept cuts."""
    invent_published(invention)
    _invent_kept_cuts()


def _invent_kept_cuts() -> None:
    """A data officer keeps a few cuts; colleagues find those that are shared."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    held = {"memberships__role": "mi_officer", "memberships__authority": here}
    keeper = User.objects.filter(**held).order_by("pk").first() if here else None
    if here is None or keeper is None:
        return
    for name, asked, is_shared in KEPT:
        keep_cut(authority=here, name=name, asked=asked, is_shared=is_shared, by=keeper)
