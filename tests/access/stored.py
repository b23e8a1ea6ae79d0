"""What waits in the world to be taken away, made as the house makes it: after the canaries were planted."""

from django.urls import reverse

from caseload.delivery.actions import deliver
from caseload.delivery.models import Delivery
from caseload.reports.actions.making import make
from caseload.reports.catalogue import MONTHLY
from caseload.reports.queries.places import all_of
from caseload.reports.statements import Wanted
from neet.accounts.roles import ROLES, Permission
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.access.world import Council, Person, World
from tests.access.world_of_work import MONTH
from tracking.extracts.models import Extract
from tracking.rights.actions.copies import gather, set_ready
from tracking.rights.models import Copy
from tracking.rules.months import ReportingMonth

LIST_OF = {"why": "For the careers service", "given_to": "Careers service"}


def store_real(world: World) -> None:
    """Reports, lists taken away, reports sent and the copy of a record: each a file of the product."""
    make_reports(world)
    for who in world.people.values():
        if Permission.EXPORT in ROLES[who.role].permissions and ROLES[who.role].placed_by:
            make_list(who, "csv" if who.role == "mi_officer" else "xlsx")
        deliver_anew(who)
    make_copy(world.here, world.people["governance"])


def make_reports(world: World) -> None:
    """The month's report of the council, and of the place of each who has one of their own."""
    council, month = world.here.authority, ReportingMonth.of(MONTH)
    places = {each.district or each.service: each for each in all_of(council)}
    whole = make(wanted=Wanted(MONTHLY, council, month, places[None]), by=None)
    world.here.case_work["made_report"] = whole.pk
    for who in world.people.values():
        place = {"district": world.here.district, "service": world.here.service}.get(
            ROLES[who.role].placed_by
        )
        if place:
            made = make(wanted=Wanted(MONTHLY, council, month, places[place]), by=who.user)
            who.own["made_report"] = made.pk


def make_list(who: Person, ending: str) -> None:
    """A list of all they find, asked for on the page and made beside it; a long one waits for somebody's word."""
    who.client.post(reverse("ask_for_extract"), {**LIST_OF, "made_as": ending})
    made = Extract.objects.filter(asked_by=who.user).latest("pk")
    for job in Job.objects.filter(owner=who.user, state=Job.State.WAITING, kind__startswith="extract"):
        run(job_id=job.pk)
    made.refresh_from_db()
    if made.file:
        who.own["extract"] = made.ref


def deliver_anew(who: Person) -> None:
    """The cut they have sent regularly, where it is open to them."""
    waiting = Delivery.objects.filter(pk=who.own["delivery"])
    before = waiting.get().file
    waiting.update(state=Delivery.State.MAKING, file=None)
    if not deliver(delivery=waiting.get()).file:
        waiting.update(state=Delivery.State.READY, file=before)


def make_copy(council: Council, who: Person) -> None:
    """The copy of the record, gathered anew, agreed to and set."""
    copy = Copy.objects.get(request__pk=council.case_work["rights_request"])
    gather(request=copy.request, by=who.user, still_mine=lambda: None)
    Copy.objects.filter(request=copy.request).update(state=Copy.State.AGREED)
    set_ready(request=copy.request, by=who.user, still_mine=lambda: None)
