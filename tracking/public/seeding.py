"""The months an invented council has made public."""

from neet.accounts.models import User
from schools.models import Authority
from tracking.public.actions import open_figures, propose, sign_off
from tracking.public.models import PublicFigures
from tracking.public.queries import to_put_forward
from tracking.seeding.actions import FIRST_CODE, Invention

PUBLIC = 3
SIZE = "small"


def invent_public(invention: Invention) -> None:
    """Three months are public; a newer one waits for somebody to sign it off."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or here is None:
        return
    officer, manager = (_somebody(here, role) for role in ("mi_officer", "manager"))
    if officer is None or manager is None:
        return
    open_figures(authority=here, open_to=PublicFigures.OpenTo.EVERYBODY, needs_other=True, by=manager)
    months = list(to_put_forward(here.pk).select_related("authority")[: PUBLIC + 1])
    for number, freeze in enumerate(months):
        made = propose(freeze=freeze, by=officer)
        if number or len(months) == 1:
            sign_off(release=made, by=manager)


def _somebody(authority: Authority, role: str) -> User | None:
    held = {"memberships__role": role, "memberships__authority": authority}
    return User.objects.filter(**held).order_by("pk").first()
