"""The lists somebody of an invented council asks for."""

from neet.accounts.models import User
from schools.models import Authority
from tracking.extracts.actions import Asking, CannotTake, ask, make
from tracking.extracts.models import Extract
from tracking.register.queries.narrowing import Wanted
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
LONG = Asking({}, Wanted(), "For the count of the autumn", "Education planning", Extract.As.XLSX)
SHORT = Asking(
    {"status": "NEET", "year": "13"}, Wanted(status="NEET", year=13), "For the offers of the spring",
    "The careers service", Extract.As.CSV,
)  # fmt: skip


def invent_extracts(invention: Invention) -> None:
    """A short list was made, a long one waits for somebody to agree."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    held = {"memberships__role": "mi_officer", "memberships__authority": here}
    officer = User.objects.filter(**held).order_by("pk").first() if here else None
    if invention.size != SIZE or here is None or officer is None:
        return
    for asking in (SHORT, LONG):
        try:
            made, job = ask(authority=here, asking=asking, by=officer)
        except CannotTake:
            continue  # a council so small that nobody is on it
        if job:
            make(extract=made, wanted=asking.wanted, by=officer, still_mine=job.refresh_from_db)
            job.delete()
