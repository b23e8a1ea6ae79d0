"""The one place that says which columns of the register somebody gets, and for whom they are empty.

Filters and sorts exist only over these columns, so what is not read cannot be guessed at by asking.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, DateField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from neet.accounts.models import User
from neet.accounts.scope import scope_of
from tracking.register.fields import reads
from tracking.register.models import Objection, Residence, Responsibility
from tracking.register.models.activity import Source

SCHOOL_ROLES = frozenset({"school_user", "college_user"})
Expression = Combinable | Q


@dataclass(frozen=True)
class Asker:
    """Who asks, and for which day: all that a column may depend on."""

    roles: frozenset[str]
    on: date

    @property
    def at_school(self) -> bool:
        """Only ever at an establishment: nobody with a council role beside it."""
        return bool(self.roles) and self.roles <= SCHOOL_ROLES

    def reads(self, *fields: str) -> bool:
        return all(reads(self.roles, name) for name in fields)


def asker(user: User, on: date) -> Asker:
    return Asker(scope_of(user).roles, on)


class Sixteenth(Func):
    """The 16th birthday of a date of birth."""

    template = "(%(expressions)s + interval '16 years')::date"
    output_field = DateField()


def objection_in_force(on: date, person: str = "pk") -> Exists:
    """tracking/rules/objection.py in SQL, for the young person whose key is `person`; a test holds them together."""
    of_them = Objection.objects.filter(person=OuterRef(person), made_on__lte=on)
    answered = Objection.objects.filter(
        person=OuterRef("person"),
        made_by=Objection.MadeBy.YOUNG_PERSON,
        made_on__lte=on,
        made_on__gte=Sixteenth(F("person__date_of_birth")),
    )
    own = Q(made_by=Objection.MadeBy.YOUNG_PERSON, own_from__lte=on)
    parents = Q(made_by=Objection.MadeBy.PARENT, made_on__lt=F("own_from")) & ~Exists(answered)
    still_open = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on)
    return Exists(
        of_them.alias(own_from=Sixteenth(F("person__date_of_birth"))).filter(
            still_open & (Q(own_from__isnull=True) | own | parents)
        )
    )


def unless(hidden: Expression, shown: str | Combinable) -> Case:
    """The value, or nothing where the condition holds."""
    value = F(shown) if isinstance(shown, str) else shown
    return Case(When(hidden, then=Value(None)), default=value)


def unless_objected(shown: str) -> Callable[[Asker], Combinable]:
    """A value institutions pass on (class c): empty while an objection is in force."""
    return lambda who: unless(objection_in_force(who.on), shown)


def current_residence() -> QuerySet[Residence]:
    return Residence.objects.filter(person=OuterRef("pk"), ends_on__isnull=True)


def address_hidden(who: Asker) -> Q:
    """Whose address this asker never sees: restricted people's, at a school."""
    return Q(restricted_on__isnull=False) if who.at_school else Q(pk__in=[])


def _district(who: Asker) -> Combinable:
    return unless(address_hidden(who), Subquery(current_residence().values("district__name")[:1]))


def _lead(who: Asker) -> Combinable:
    leads = Responsibility.objects.filter(person=OuterRef("pk"), kind=Responsibility.Kind.LEAD).filter(
        open_on(who.on)
    )
    named = Coalesce(NullIf(F("user__name"), Value("")), F("service__short_name"))
    return Subquery(leads.values(words=named)[:1])


def lead_service(on: date) -> Subquery:
    """The service that answers for them now, without the name of its worker."""
    leads = Responsibility.objects.filter(open_on(on), person=OuterRef("pk"), kind=Responsibility.Kind.LEAD)
    return Subquery(leads.values("service__name")[:1])


def open_on(on: date) -> Q:
    """Dated rows that hold on the day, an empty start being since before we knew."""
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    return begun & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


@dataclass(frozen=True)
class Column:
    """A column of a list: its heading, the fields it shows, and where it comes from."""

    name: str
    words: str
    shows: tuple[str, ...]
    source: Callable[[Asker], Combinable]


def plain(path: str) -> Callable[[Asker], Combinable]:
    return lambda who: F(path)


COLUMNS: tuple[Column, ...] = (
    Column("given_name", "First name", ("youngperson.given_name",), plain("given_name")),
    Column("family_name", "Last name", ("youngperson.family_name",), plain("family_name")),
    Column("born_on", "Date of birth", ("youngperson.date_of_birth",), plain("date_of_birth")),
    Column("activity_code", "Doing now", ("situation.code",), plain("situation__code")),
    Column("since", "Since", ("situation.starts_on",), plain("situation__starts_on")),
    Column("ended_on", "Ended", ("situation.ends_on",), plain("situation__ends_on")),
    Column("verified_on", "Confirmed", ("situation.verified_on",), plain("situation__verified_on")),
    Column("counts_until", "Counts until", ("situation.lapses_on",), plain("situation__lapses_on")),
    Column("neet_since", "NEET since", ("situation.neet_since_on",), plain("situation__neet_since_on")),
    Column(
        "place", "Where", ("activity.establishment_name",), plain("situation__activity__establishment_name")
    ),
    Column("lead", "Lead worker", ("responsibility.user", "responsibility.service"), _lead),
    Column("district_name", "District", ("residence.district",), _district),
    Column("pupil_number", "UPN", ("youngperson.upn",), unless_objected("upn")),
    Column("learner_number", "ULN", ("youngperson.uln",), unless_objected("uln")),
)


def columns(user: User, on: date) -> Mapping[str, Combinable]:
    """The columns this user reads, by name, as SQL with the masks of the day."""
    who = asker(user, on)
    return {each.name: each.source(who) for each in COLUMNS if who.reads(*each.shows)}


def headings(user: User, on: date) -> Mapping[str, str]:
    """The same columns by what they are called on screen."""
    who = asker(user, on)
    return {each.name: each.words for each in COLUMNS if who.reads(*each.shows)}


def contact_points(who: Asker) -> Q:
    """Contacts this asker may be shown: none without the right, none from an institution where it is objected to."""
    if not who.reads("contactpoint.value"):
        return Q(pk__in=[])
    return ~(Q(from_institution=True) & Q(objection_in_force(who.on, "person")))


def characteristics(who: Asker, codes: frozenset[str]) -> Q:
    """Characteristics this asker may be shown, of the codes their role reads."""
    from_institution = Q(source=Source.PROVIDER) & Q(objection_in_force(who.on, "person"))
    return Q(code__in=sorted(codes)) & ~from_institution
