"""The reports somebody of an invented council has come regularly."""

from caseload.delivery.actions import deliver, deliver_of_the_day, subscribe
from caseload.delivery.models import Delivery
from caseload.delivery.statements import Regularly
from caseload.reports.queries.places import open_to
from neet import clock
from neet.accounts.models import User
from schools.models import Authority
from tracking.exploring.queries import kept_cuts
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"


def invent_deliveries(invention: Invention) -> None:
    """A data officer has the monthly report and the first kept cut come; what is due today is made."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    held = {"memberships__role": "mi_officer", "memberships__authority": authority}
    officer = User.objects.filter(**held).order_by("pk").first()
    if officer is None:
        return
    today = clock.today()
    whole = open_to(officer, authority)[0]
    day = min(today.day, 28)
    subscribe(authority=authority, regularly=Regularly("monthly", whole), by=officer)
    subscribe(authority=authority, regularly=Regularly("progression", whole, None, "day", day), by=officer)
    for cut in kept_cuts(officer, authority.pk).order_by("pk")[:1]:
        regularly = Regularly(cut=cut, every="week", on_day=today.isoweekday())
        subscribe(authority=authority, regularly=regularly, by=officer)
    deliver_of_the_day(day=today)
    for each in Delivery.objects.filter(subscription__owner=officer, state=Delivery.State.MAKING).order_by(
        "pk"
    ):
        deliver(delivery=each)
