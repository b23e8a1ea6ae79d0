"""How those tables are put together that say one thing at a time of a young person: f(table, together)."""

from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Greatest

from tracking.merging.statements import Together
from tracking.merging.ways import keep_kept
from tracking.register.models import (
    AccessGrant,
    Activity,
    Confirmation,
    Consent,
    Guarantee,
    Offer,
    Residence,
    Responsibility,
    Task,
)
from tracking.register.people_tables import PeopleTable
from tracking.register.queries.offers import asked_of_offers, guarantees_follow
from tracking.rules.offers import NO_OFFER, OFFER_MADE
from tracking.rules.weaving import Spell, Woven, weave

DAY = timedelta(days=1)
SAME_PERSON = "The same person as another of this cohort: the records were put together"
SAME_TASK = "The same is to do on the record this one was put together with"
FOLLOW = guarantees_follow("select unnest(%(people)s::bigint[])")
HOME = ("line_1", "line_2", "line_3", "line_4", "town", "postcode")
OFFER = (
    "establishment_id",
    "preference",
    "stage",
    "said_on",
    "starts_on",
    "conditions",
    "source",
    "told_by_id",
)
GUARANTEE = ("status", "la_code", "status_on", "reason")
SAY_AGAIN = """
insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
select s.stands, c.verified_on, c.source, c.by_id, neet_moment()
from unnest(%s::bigint[], %s::bigint[]) as s (gone, stands) join tracking_confirmation c on c.activity_id = s.gone
where c.voids_id is null and not exists (select from tracking_confirmation v where v.voids_id = c.id)
  and not exists (select from tracking_confirmation x where x.activity_id = s.stands and x.voids_id is null
    and (x.verified_on, x.source) = (c.verified_on, c.source)
    and not exists (select from tracking_confirmation v where v.voids_id = x.id))
"""


def activities(table: PeopleTable, together: Together) -> None:
    """Both histories woven into one (tracking/rules/weaving.py). An activity recorded on both stays with the record
    that goes, and what was said of it is said of the kept one's too."""
    woven = weave(_spells(together))
    with connection.cursor() as cursor:
        cursor.execute("set constraints activity_one_primary_at_a_time deferred")
        cursor.execute(SAY_AGAIN, [list(woven.same), list(woven.same.values())])
    _write(woven, together)
    gone = Activity.objects.filter(person=together.gone).exclude(pk__in=woven.same)
    gone.update(person=together.kept, version=F("version") + 1)


def _spells(together: Together) -> list[Spell]:
    void = Confirmation.objects.filter(voids=OuterRef("pk"))
    said = Confirmation.objects.filter(~Exists(void), activity=OuterRef("pk"), voids=None)
    latest = said.order_by().values("activity").annotate(on=Max("verified_on")).values("on")
    rows = Activity.objects.filter(person__in=together.both, is_primary=True).annotate(
        verified_on=Subquery(latest)
    )
    known = together.rules.activities
    return [
        Spell(
            id=each.pk,
            is_kept=each.person_id == together.kept,
            code=each.code,
            place=str(each.establishment_id or each.establishment_name.casefold()),
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            verified_on=each.verified_on,
            participates=each.code in known and known[each.code].counts_in_education_and_training,
        )
        for each in rows.order_by("pk")
    ]


def _write(woven: Woven, together: Together) -> None:
    days = {each.id: (each.starts_on, each.ends_on) for each in woven.main}
    changed = []
    for each in Activity.objects.filter(pk__in=days):
        if days[each.pk] != (each.starts_on, each.ends_on):
            each.starts_on, each.ends_on = days[each.pk]
            each.version += 1
            changed.append(each)
    Activity.objects.bulk_update(changed, ["starts_on", "ends_on", "version"])
    beside = Activity.objects.filter(pk__in=[each.id for each in woven.beside])
    beside.update(is_primary=False, version=F("version") + 1)


def homes(table: PeopleTable, together: Together) -> None:
    """One of two present addresses becomes a former one; the same address stands once."""
    present = {each.person_id: each for each in Residence.objects.filter(
        person__in=together.both, ends_on=None)}  # fmt: skip
    kept, gone = present.get(together.kept), present.get(together.gone)
    rows = Residence.objects.filter(person=together.gone)
    if kept and gone:
        if all(getattr(kept, name).upper() == getattr(gone, name).upper() for name in HOME):
            rows = rows.exclude(pk=gone.pk)
        else:
            stands, ends = (gone, kept) if "home" in together.takes else (kept, gone)
            last = min((stands.starts_on or together.on) - DAY, together.on)
            ends.ends_on = max(last, ends.starts_on) if ends.starts_on else last
            ends.save(update_fields=["ends_on"])
    rows.update(person=together.kept)


def guarantees(table: PeopleTable, together: Together) -> None:
    """Of two statuses for one year group an offer made beats none, one that is recorded beats one that is not, the
    later day beats the earlier; then both records' offers are heard."""
    theirs = {each.year_group: each for each in Guarantee.objects.filter(person=together.gone)}
    worth = {OFFER_MADE: 2, NO_OFFER: 1}
    families = together.rules.offers.families

    def order(each: Guarantee) -> tuple[int, str]:
        return (worth.get(families.get(each.status, ""), 0), str(each.status_on or ""))

    for mine in Guarantee.objects.filter(person=together.kept, year_group__in=theirs):  # two at the most
        other = theirs[mine.year_group]
        if order(other) > order(mine):
            for name in GUARANTEE:
                setattr(mine, name, getattr(other, name))
            mine.save(update_fields=GUARANTEE)
    keep_kept(table, together)


def offers(table: PeopleTable, together: Together) -> None:
    """Of one place and course the later word stands; the September Guarantee follows."""
    other = Offer.objects.filter(
        person=together.gone,
        place=OuterRef("place"),
        course=OuterRef("course"),
        said_on__gt=OuterRef("said_on"),
    )
    later = {name: Subquery(other.values(name)[:1]) for name in OFFER}
    mine = Offer.objects.filter(Exists(other), person=together.kept)
    mine.update(version=F("version") + 1, **later)
    keep_kept(table, together)
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, {**asked_of_offers(together.rules, together.on), "people": [together.kept]})


def consents(table: PeopleTable, together: Together) -> None:
    """What they agreed to on one record and took back on the other later is taken back."""
    keep_kept(table, together)
    taken_back = (
        Consent.objects.filter(person__in=together.both, purpose=OuterRef("purpose"))
        .order_by()
        .values("purpose")
        .annotate(last=Max("withdrawn_on"))
        .values("last")
    )
    still = Consent.objects.filter(person=together.kept, withdrawn_on=None)
    for each in still.annotate(last=Subquery(taken_back)).filter(last__gte=F("given_on")):  # one a purpose
        each.withdrawn_on = each.last
        each.save(update_fields=["withdrawn_on"])


def responsibilities(table: PeopleTable, together: Together) -> None:
    """One leads; whoever led the work on the record that goes supports it from now on."""
    leads = Responsibility.objects.filter(kind=Responsibility.Kind.LEAD, ends_on=None)
    kept = leads.filter(person=together.kept)
    theirs = leads.filter(person=together.gone)
    if (one := kept.first()) and (other := theirs.first()):
        if (one.service_id, one.user_id) == (other.service_id, other.user_id):
            theirs = theirs.none()
        theirs.update(kind=Responsibility.Kind.SUPPORT)
    keep_kept(table, together)


def tasks(table: PeopleTable, together: Together) -> None:
    """What is to do for one cause is to do once: the second is closed, and says so."""
    alike = {name: OuterRef(name) for name in ("kind", "cause")}
    open_there = Task.objects.filter(person=together.kept, done_at=None, **alike)
    twice = Task.objects.filter(Exists(open_there), person=together.gone, done_at=None)
    twice.update(done_at=together.at, done_by=together.by, outcome=SAME_TASK)
    Task.objects.filter(person=together.gone).update(person=together.kept)


def access_grants(table: PeopleTable, together: Together) -> None:
    """Nobody may open more than before: where the record that goes is restricted, only those who may open both still
    may; nobody's leave goes over but that of whoever puts them together."""
    running = Q(until=None) | Q(until__gte=together.on)
    theirs = AccessGrant.objects.filter(running, person=together.gone)
    mine = AccessGrant.objects.filter(running, person=together.kept)
    restricted = Q(person__restricted_on__isnull=False)
    if theirs.filter(restricted).exists():
        mine.exclude(user__in=theirs.values("user")).update(until=together.on - DAY)
    if not mine.filter(user=together.by).exists():
        theirs.filter(restricted, user=together.by).update(person=together.kept)


def cohort_members(table: PeopleTable, together: Together) -> None:
    """Whoever stands twice in a cohort that was set counts once: the second place is given up, and says why."""
    members = apps.get_model(table.model).objects.filter(removed_on=None)
    mine = members.filter(person=together.kept, freeze=OuterRef("freeze"))
    twice = members.filter(Exists(mine), person=together.gone)
    twice.update(
        removed_on=Greatest(F("added_on"), together.on), removed_by=together.by, removed_why=SAME_PERSON
    )
    apps.get_model(table.model).objects.filter(person=together.gone).update(person=together.kept)
