"""One young person's pages: who they are, where they stand, what is known of them, as the asker reads it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from tracking.reference.queries import ruleset
from tracking.register.columns import Asker, asker, characteristics, contact_points
from tracking.register.fields import characteristics_read
from tracking.register.models import (
    Activity,
    Characteristic,
    ContactPoint,
    Guarantee,
    Objection,
    Residence,
    Responsibility,
    Task,
    YoungPerson,
)
from tracking.register.models.activity import Source
from tracking.register.queries.notices import notice_rows, notices_in
from tracking.register.queries.parts import (
    ActivityLine,
    Address,
    Answerable,
    Circumstance,
    Detail,
    Identity,
    NoteLine,
    ObjectionLine,
    Reached,
    TaskLine,
    address,
    characteristic_words,
    confirmations_of,
    holds,
    note_line,
    task_line,
    way_to_reach,
    who_answers,
)
from tracking.register.queries.standing import UNLISTED, Facts, standing
from tracking.register.queries.together import together
from tracking.register.queries.wording import Heard, activity_in_words, place_of
from tracking.rules.academic_year import age_on, year_group
from tracking.rules.codes import CohortKind
from tracking.rules.objection import ObjectionFacts, awaits_answer, is_in_force
from tracking.rules.ruleset import RuleSet

LONGEST = 200
NUMBERS = (
    ("young_person_id", "CCIS number", False),
    ("previous_id", "Earlier CCIS number", False),
    ("uln", "ULN", True),
)
CODED = (
    ("gender", "Gender", "genders"),
    ("ethnicity", "Ethnicity", "ethnicities"),
    ("level_of_need", "Level of need", "levels_of_need"),
    ("intended_destination", "Plans after Year 11", "intended_destinations"),
    ("educated_la", "Educated by", "areas"),
    ("corporate_parent_la", "Looked after by", "areas"),
)


class PersonPage:
    """A young person already fetched through visible_person, with the asker's eyes.

    What is small is read at once; each other part is one statement, two where activities carry their confirmations,
    and pages ask for what they show.
    """

    def __init__(self, person: YoungPerson, user: User, on: date) -> None:
        self.person = person
        self.user = user
        self.on = on
        self.who: Asker = asker(user, on)
        self.services = {place.service_id for place in scope_of(user).places if place.service_id}
        self.rules: RuleSet = ruleset(on)
        self._small = together(**_small(person.pk, self.who))
        self._objections: list[Objection] = self._small["objections"]
        self._responsible = list(_responsible(person.pk))

    def notices(self) -> list[str]:
        """What must be known before the record is read."""
        return notices_in(self._small)

    def reads(self, *fields: str) -> bool:
        return self.who.reads(*fields)

    @property
    def reads_contact(self) -> bool:
        return self.reads("contactpoint.value")

    @property
    def reads_circumstances(self) -> bool:
        return self.reads("characteristic.code")

    @property
    def reads_responsible(self) -> bool:
        return self.reads("responsibility.service")

    @property
    def reads_objections(self) -> bool:
        return self.reads("objection.made_by")

    @property
    def facts(self) -> Facts:
        now = getattr(self.person, "situation", None)
        if now is None:
            return Facts()
        return Facts(
            now.code,
            now.starts_on,
            now.ends_on,
            now.lapses_on,
            place_of(now.activity),
            now.verified_on,
            now.neet_since_on,
        )

    @property
    def objection(self) -> bool:
        return is_in_force(self._said(), self.person.date_of_birth, self.on)

    def _said(self) -> list[ObjectionFacts]:
        parent = Objection.MadeBy.PARENT
        return [ObjectionFacts(o.made_by == parent, o.made_on, o.withdrawn_on) for o in self._objections]

    def shown(self, name: str, *, masked: bool = False) -> str | None:
        """A field of the young person's own row; None where it is not read or an objection masks it."""
        if not self.reads(f"youngperson.{name}") or (masked and self.objection):
            return None
        return str(getattr(self.person, name))

    def identity(self) -> Identity:
        person, born_on = self.person, self.person.date_of_birth
        if not self.reads("youngperson.date_of_birth"):
            born_on = None
        return Identity(
            name=person.full_name,
            known_as=person.known_as,
            born_on=born_on,
            age=age_on(born_on, self.on) if born_on else None,
            year=year_group(born_on, self.on) if born_on else None,
            upn=self.shown("upn", masked=True),
            school=self._school(),
            lead=self._lead(),
            standing=standing(self.facts, self.rules, self.on),
            is_restricted=person.restricted_on is not None and self.reads("youngperson.restricted_on"),
            objection=self.objection,
            asks_them=awaits_answer(self._said(), person.date_of_birth, self.on),
            left=self._left(),
        )

    def _school(self) -> str | None:
        if not self.reads("activity.establishment_name"):
            return None
        return self.facts.place

    def _lead(self) -> str | None:
        if not self.reads("responsibility.user", "responsibility.service"):
            return None
        lead = next(
            (each for each in self._responsible if each.kind == "lead" and holds(each, self.on)), None
        )
        return who_answers(lead) if lead else ""

    def _left(self) -> str:
        """Why they are not in the cohort any more, in words; empty for those who are."""
        known = self.rules.cohort_statuses.get(self.person.cohort_status)
        if known is None or known.kind in {CohortKind.PRIMARY, CohortKind.GUARANTEE}:
            return ""
        area = self.rules.areas.get(self.person.transferred_to_la)
        return f"{known.plain_words} ({area.plain_words})" if area else known.plain_words

    def responsible(self) -> tuple[Answerable, ...]:
        if not self.reads("responsibility.service"):
            return ()
        return tuple(
            Answerable(each.pk, each.get_kind_display(), who_answers(each), each.starts_on, each.ends_on)
            for each in self._responsible
        )

    def objections(self) -> tuple[ObjectionLine, ...]:
        if not self.reads("objection.made_by"):
            return ()
        return tuple(
            ObjectionLine(each.pk, each.get_made_by_display(), each.made_on, each.withdrawn_on, each.channel)
            for each in self._objections
        )

    def addresses(self) -> tuple[Address, ...]:
        """Newest first; none for a school where the record is restricted."""
        hidden = self.who.at_school and self.person.restricted_on is not None
        if hidden or not self.reads("residence.line_1"):
            return ()
        return tuple(address(each) for each in _residences(self.person.pk))

    @property
    def contacts(self) -> list[ContactPoint]:
        """Contact points the asker may be shown."""
        return self._small["ways_to_reach"]

    def ways_to_reach(self) -> tuple[Reached, ...]:
        return tuple(way_to_reach(each, self.on) for each in self.contacts)

    def circumstances(self) -> tuple[Circumstance, ...]:
        """Characteristics the asker's role reads, present ones first."""
        return tuple(self._circumstance(each) for each in self._small["circumstances"])

    def _circumstance(self, each: Characteristic) -> Circumstance:
        return Circumstance(
            each.pk, characteristic_words(each.code, self.rules), each.code, each.starts_on, each.ends_on
        )

    def guarantees(self) -> tuple[Detail, ...]:
        return tuple(self._guarantee(each) for each in self._small["guarantees"])

    def _guarantee(self, each: Guarantee) -> Detail:
        known = self.rules.guarantee_statuses.get(each.status)
        words = known.plain_words if known else (UNLISTED if each.status else "Not recorded yet")
        return Detail(f"End of {each.get_year_group_display()}", words, each.status)

    def details(self) -> tuple[Detail, ...]:
        """Who they are, in the order of the record; what is not read or not known is left out."""
        numbers = (Detail(words, self.shown(name, masked=masked) or "") for name, words, masked in NUMBERS)
        coded = (self._coded(name, words, table) for name, words, table in CODED)
        return tuple(each for each in (*numbers, *coded) if each.answer)

    def _coded(self, name: str, words: str, table: str) -> Detail:
        code = self.shown(name) or ""
        known = getattr(self.rules, table).get(code)
        answer = known.plain_words if known else (UNLISTED if code else "")
        return Detail(words, answer, code)

    def activities(self) -> tuple[ActivityLine, ...]:
        if not self.reads("activity.code"):
            return ()
        rows = list(self.person.activities.select_related("establishment")[:LONGEST])
        heard = confirmations_of([each.pk for each in rows])
        present = self._present()
        return tuple(self._activity(each, heard.get(each.pk, ()), each.pk == present) for each in rows)

    def now(self) -> ActivityLine | None:
        """The present activity only, with its latest confirmations."""
        activity = self.person.situation.activity if self._present() else None
        if activity is None or not self.reads("activity.code"):
            return None
        return self._activity(activity, confirmations_of([activity.pk]).get(activity.pk, ()), True)

    def _present(self) -> int | None:
        now = getattr(self.person, "situation", None)
        return now.activity_id if now else None

    def _activity(self, each: Activity, heard: tuple[Heard, ...], present: bool) -> ActivityLine:
        known = self.rules.activities.get(each.code)
        words = known.plain_words if known else UNLISTED
        counts_until = self.facts.counts_until if present else None
        place = place_of(each)
        return ActivityLine(
            pk=each.pk,
            words=words,
            code=each.code,
            place=place,
            course="" if self.objection and each.source == Source.PROVIDER else each.course,
            starts_on=each.starts_on,
            ends_on=each.ends_on,
            expected_end_on=each.predicted_end_on,
            is_present=present,
            is_primary=each.is_primary,
            sentence=activity_in_words(words, each, place, heard, counts_until, self.on),
            confirmations=heard,
        )

    def notes(self) -> tuple[NoteLine, ...]:
        """Ordinary notes, and the restricted ones of the asker's own services only."""
        if not self.reads("note.text"):
            return ()
        rows = self.person.notes.filter(own_notes(self.services)).select_related("written_by", "service")
        return tuple(note_line(each) for each in rows[:LONGEST])

    def tasks(self, *, still_open: bool = False) -> tuple[TaskLine, ...]:
        if not self.reads("task.words"):
            return ()
        return tuple(task_line(each, self.on) for each in _tasks(self.person.pk, still_open))


@built_once
def _small(person_id: int, who: Asker) -> dict[str, QuerySet[Any]]:
    """What is small and stands on most pages, of it what the asker may be shown."""
    codes = [*ruleset(who.on).characteristics, *Characteristic.OUR_OWN]
    shown = characteristics(who, characteristics_read(who.roles, codes))
    guarantees = Guarantee.objects.filter(person=person_id)
    return {
        "objections": Objection.objects.filter(person=person_id),
        "ways_to_reach": ContactPoint.objects.filter(contact_points(who), person=person_id),
        "circumstances": Characteristic.objects.filter(shown, person=person_id).order_by(
            "-ends_on", "code", "-starts_on", "pk"
        ),
        "guarantees": guarantees if who.reads("guarantee.status") else guarantees.none(),
        **notice_rows(person_id),
    }


@built_once
def _responsible(person_id: int) -> QuerySet[Responsibility]:
    rows = Responsibility.objects.filter(person=person_id).select_related("user", "service")
    return rows.order_by("-starts_on", "-pk")


@built_once
def _residences(person_id: int) -> QuerySet[Residence]:
    return Residence.objects.filter(person=person_id).select_related("district")[:LONGEST]


@built_once
def _tasks(person_id: int, still_open: bool) -> QuerySet[Task]:
    rows = Task.objects.filter(person=person_id).select_related("owner", "service")
    if still_open:
        rows = rows.filter(done_at__isnull=True)
    return rows.order_by("-done_at", "due_on", "pk")[:LONGEST]


def own_notes(services: Iterable[int]) -> Q:
    return Q(service__isnull=True) | Q(service__in=list(services))
