"""What a list of young people is narrowed to, and each filter as a condition for whoever asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from neet.accounts.models import User
from neet.statements.parts import values_in
from tracking.groups.queries import belonging
from tracking.register.columns import (
    Asker,
    address_hidden,
    characteristics,
    contact_points,
    current_residence,
    open_on,
)
from tracking.register.fields import characteristics_read
from tracking.register.models import Characteristic, ContactPoint, Responsibility
from tracking.register.queries.seeking import kept_from_it_by, seeks
from tracking.register.queries.standing import (
    ending,
    newly_neet,
    running_out,
    standing_as,
)
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import CohortKind, Status
from tracking.rules.ruleset import RuleSet

LEFT = (CohortKind.AGED_OUT, CohortKind.TRANSFERRED, CohortKind.LEFT_ENGLAND, CohortKind.MERGED,
        CohortKind.DECEASED, CohortKind.PLAN_ENDED)  # fmt: skip
YEAR_GROUPS = range(9, 14)
AGE_ABOVE_YEAR_GROUP = 4


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; nothing said means everybody in the cohort now."""

    status: str = ""
    running_out: int | None = None
    ending: int | None = None
    year: int | None = None
    district: int | None = None
    school: int | None = None
    service: int | None = None
    lead: str = ""
    characteristic: str = ""
    need: str = ""
    seeks: str = ""
    barrier: str = ""
    contact: str = ""
    cohort: str = ""
    group: int | None = None


values_in(Wanted, "district", "school", "service")


@dataclass(frozen=True)
class Asked:
    """A filter being turned into a condition."""

    wanted: Wanted
    who: Asker
    rules: RuleSet
    user: User

    @property
    def on(self) -> date:
        return self.who.on


NOBODY = Q(pk__in=[])


def condition_of(wanted: Wanted, who: Asker, rules: RuleSet, user: User) -> Q:
    """Every filter in force, joined; those over fields the asker does not read let nobody through."""
    asked = Asked(wanted, who, rules, user)
    condition = _cohort(asked)
    for name, (fields, filtered) in FILTERS.items():
        if getattr(wanted, name) not in ("", None):
            condition &= filtered(asked) if who.reads(*fields) else NOBODY
    return condition


def _cohort(asked: Asked) -> Q:
    kinds = {"left": LEFT, "guarantee": (CohortKind.GUARANTEE,), "all": tuple(CohortKind)}
    wanted = kinds.get(asked.wanted.cohort, (CohortKind.PRIMARY, CohortKind.GUARANTEE))
    return Q(cohort_status__in=sorted(asked.rules.cohort_letters(*wanted)))


def _status(asked: Asked) -> Q:
    if asked.wanted.status == "new":
        return newly_neet(asked.rules, asked.on)
    return standing_as(Status(asked.wanted.status), asked.rules, asked.on)


def _year(asked: Asked) -> Q:
    first, last = birth_range((asked.wanted.year or 0) + AGE_ABOVE_YEAR_GROUP, asked.on)
    return Q(date_of_birth__range=(first, last))


def _district(asked: Asked) -> Q:
    lives_there = current_residence().filter(district=asked.wanted.district)
    return Q(Exists(lives_there)) & ~address_hidden(asked.who)


def _responsible(asked: Asked) -> Q:
    theirs = Q(service_id=asked.wanted.service) if asked.wanted.service else Q(user=asked.user)
    held = Responsibility.objects.filter(theirs & open_on(asked.on), person=OuterRef("pk"))
    return Q(Exists(held))


def _lead(asked: Asked) -> Q:
    if asked.wanted.lead == "me":
        held = Responsibility.objects.filter(open_on(asked.on), person=OuterRef("pk"), user=asked.user)
        return Q(Exists(held))
    leads = Responsibility.objects.filter(
        open_on(asked.on), person=OuterRef("pk"), kind=Responsibility.Kind.LEAD
    )
    return ~Q(Exists(leads))


def _characteristic(asked: Asked) -> Q:
    codes = characteristics_read(asked.who.roles, [asked.wanted.characteristic])
    has_it = Characteristic.objects.filter(characteristics(asked.who, codes), person=OuterRef("pk"))
    return Q(Exists(has_it.filter(open_on(asked.on))))


def _contact(asked: Asked) -> Q:
    usable = ContactPoint.objects.filter(
        contact_points(asked.who), open_on(asked.on), person=OuterRef("pk"), do_not_use=False
    )
    return ~Q(Exists(usable)) if asked.wanted.contact == "none" else Q(Exists(usable))


SITUATION = ("situation.code", "situation.lapses_on", "situation.ends_on")
FILTERS: Mapping[str, tuple[tuple[str, ...], Callable[[Asked], Q]]] = {
    "status": (SITUATION, _status),
    "running_out": (SITUATION, lambda asked: running_out(asked.wanted.running_out or 0, asked.on)),
    "ending": (("activity.predicted_end_on",), lambda asked: ending(asked.wanted.ending or 0, asked.on)),
    "year": (("youngperson.date_of_birth",), _year),
    "district": (("residence.district",), _district),
    "school": (
        ("activity.establishment",),
        lambda asked: Q(situation__activity__establishment_id=asked.wanted.school),
    ),
    "service": (("responsibility.service",), _responsible),
    "lead": (("responsibility.user",), _lead),
    "characteristic": (("characteristic.code",), _characteristic),
    "need": (("youngperson.level_of_need",), lambda asked: Q(level_of_need=asked.wanted.need)),
    "seeks": (("seeking.sector",), lambda asked: seeks(asked.wanted.seeks)),
    "barrier": (("seeking.barriers",), lambda asked: kept_from_it_by(asked.wanted.barrier)),
    "contact": (("contactpoint.value",), _contact),
    # what a group asks about is looked at one by one (tracking/groups)
    "group": ((), lambda asked: belonging(asked.user, asked.wanted.group or 0, asked.on)),
}
