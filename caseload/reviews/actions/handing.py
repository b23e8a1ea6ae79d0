"""The lists at the start of the month: who receives them, handing them out, who has not looked, a reminder."""

import secrets
from collections.abc import Iterable

from django.db.models import Q

from caseload.allocation.actions.months import open_still
from caseload.allocation.models import MonthRun
from caseload.reviews.kinds import Kind
from caseload.reviews.models import ListContact, ServiceList
from caseload.reviews.queries.counting import days_left, unreviewed
from caseload.reviews.queries.lists import contacts_of, own_services, people_on_lists, workers_of
from caseload.reviews.statements import Named
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import note_read, recorded
from neet.messages.actions import Letter, send_all
from schools.models import Authority, Service
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.months import ReportingMonth

# Letters that nobody mistakes for another when they read a password aloud.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 4


def name_contact(*, authority: Authority, named: Named, by: User) -> ListContact:
    """From today on they receive the service's list, for the council or one district (R63). Raises NotRight,
    NotPermitted."""
    allowed(by, authority.pk)
    refuse_strangers(authority, named)
    with recorded(Kind.CONTACT_NAMED, by=by, authority_id=authority.pk) as event:
        held = ListContact.objects.select_for_update(of=("self",)).filter(
            service=named.service, district=named.district, user=named.user, ends_on=None
        )
        if same := held.first():
            if same.deputy != named.deputy:
                same.deputy = named.deputy
                same.save(update_fields=["deputy"])
            else:
                repeated(event)
            return same
        asked = {name: getattr(named, name) for name in Named.__slots__}
        return ListContact.objects.create(authority=authority, **asked)


def refuse_strangers(authority: Authority, named: Named) -> None:
    if named.service.authority_id != authority.pk:
        raise NotRight({"service": "Select a service of this council"})
    if named.district and named.district.authority_id != authority.pk:
        raise NotRight({"district": "Select a district of this council"})
    workers = set(workers_of([named.service.pk]).values_list("pk", flat=True))
    for field in ("user", "deputy"):
        somebody = getattr(named, field)
        if somebody and somebody.pk not in workers:
            raise NotRight({field: "Select somebody who works on cases for that service"})
    if named.deputy == named.user:
        raise NotRight({"deputy": "Select somebody else to stand in"})


def end_contact(*, contact: ListContact, by: User) -> ListContact:
    """From tomorrow on they receive no list. Raises NotPermitted."""
    allowed(by, contact.authority_id)
    with recorded(Kind.CONTACT_ENDED, by=by, authority_id=contact.authority_id) as event:
        now = ListContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
        if now.ends_on:
            repeated(event)
            return now
        now.ends_on = max(now.starts_on, clock.today())
        now.save(update_fields=["ends_on"])
        return now


def hand_out(*, run: MonthRun, by: User) -> int:
    """Each named contact has their list of the month, and an e-mail that says so and names nobody; how many lists
    were new (R63). Whoever has theirs already gets no second one. Raises NotRight, NotPermitted."""
    allowed(by, run.authority_id)
    with recorded(Kind.HANDED_OUT, by=by, authority_id=run.authority_id) as event:
        now = open_still(run)
        people = people_on_lists(now)
        have = set(ServiceList.objects.filter(run=now).values_list("contact", flat=True))
        contacts = [each for each in contacts_of(now.authority_id, clock.today()) if each.pk not in have]
        made = ServiceList.objects.bulk_create(
            ServiceList(
                run=now, contact=each, people=people.get((each.service_id, each.district_id), 0), sent_by=by
            )
            for each in contacts
        )
        event.counts["lists"] = len(made)
        send_all(letters=[letter for each in made for letter in letters(each, "list_handed_out", {})])
        return len(made)


def acknowledge(*, listed: ServiceList, by: User) -> ServiceList:
    """The contact, or who stands in for them, says that they have the list. Raises NotPermitted."""
    contact = listed.contact
    if by.pk not in (contact.user_id, contact.deputy_id):
        raise NotPermitted(Permission.CASE_WORK)
    with recorded(Kind.ACKNOWLEDGED, by=by, authority_id=contact.authority_id) as event:
        now = ServiceList.objects.select_for_update(of=("self",)).get(pk=listed.pk)
        if now.acknowledged_at:
            repeated(event)
            return now
        now.acknowledged_at, now.acknowledged_by = clock.now(), by
        now.save(update_fields=["acknowledged_at", "acknowledged_by"])
        return now


def nudge(*, run: MonthRun, service: Service, by: User) -> int:
    """Remind a service's contacts of those still to be reviewed, each at most once a day; how many lists were
    reminded (R64). Raises NotPermitted."""
    allowed(by, run.authority_id)
    today = clock.today()
    with recorded(Kind.NUDGED, by=by, authority_id=run.authority_id) as event:
        left = unreviewed(run).get(service.pk, 0)
        due = Q(nudged_at__isnull=True) | Q(nudged_at__date__lt=today)
        held = ServiceList.objects.select_for_update(of=("self",)).filter(
            due, run=run, contact__service=service
        )
        lists = list(held.select_related("contact__service", "run")) if left else []
        facts = {"left": left, "days": days_left(run, today)}
        send_all(letters=[letter for each in lists for letter in letters(each, "review_reminder", facts)])
        ServiceList.objects.filter(pk__in=[each.pk for each in lists]).update(nudged_at=clock.now())
        event.counts["lists"] = len(lists)
        return len(lists)


def letters(listed: ServiceList, template: str, facts: dict[str, int]) -> Iterable[Letter]:
    """To the contact and who stands in for them: the service, the month and counts, nobody's name."""
    contact = listed.contact
    about = {
        "service": contact.service.name,
        "month": ReportingMonth(listed.run.month).words,
        "people": listed.people,
        **facts,
    }
    to = [number for number in (contact.user_id, contact.deputy_id) if number]
    return [Letter(template, ("user", number), contact.authority_id, about) for number in to]


def take_out(*, run: MonthRun, service: Service, people: Iterable[int], why: str, by: User) -> str:
    """Writes down, before a file of a service's list leaves, who takes it, why, and whom it holds; returns the new
    password of the file. Raises NotRight, NotPermitted."""
    if not why.strip():
        raise NotRight({"why": "Enter what the file is for"})
    allowed(by, run.authority_id)
    mine = own_services(by)
    if service.authority_id != run.authority_id or (mine and service.pk not in mine):
        raise NotPermitted(Permission.ALLOCATE)
    note_read(Kind.TAKEN_OUT, by=by, authority_id=run.authority_id, subjects=people, why=why.strip())
    return new_password()


def new_password() -> str:
    """Eighty bits in groups that can be read aloud."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def allowed(by: User, authority_id: int) -> None:
    """Whoever hands lists out at this council."""
    places = scope_of(by).where(Permission.ALLOCATE)
    if authority_id not in {place.authority_id for place in places}:
        raise NotPermitted(Permission.ALLOCATE)
