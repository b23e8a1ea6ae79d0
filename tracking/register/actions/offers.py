"""Places applied for and offered, recorded one by one, and what a school worries about (R19, R25, R109)."""

from datetime import date
from typing import Any

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from schools.models import Establishment
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import changing, refuse_fields, repeated
from tracking.register.columns import objection_in_force
from tracking.register.kinds import Kind
from tracking.register.models import Concern, Offer, Task, YoungPerson
from tracking.register.models.activity import Source
from tracking.register.queries.offers import TASK, asked_of_offers, guarantees_follow, place_of
from tracking.register.refusals import Conflict, NotRight
from tracking.register.statements import PlaceSaid
from tracking.rules.offers import NO_STAGES_OF_AN_OFFER, OfferStage
from tracking.rules.ruleset import RuleSet

FOLLOW = guarantees_follow("select unnest(%(people)s::bigint[])")
SAID = ("course", "stage", "said_on", "starts_on", "conditions", "preference", "source", "told_by")
SHOWN = ("place", "course", "stage", "starts_on", "conditions", "preference")
OBJECTED = "They objected to what is passed on: no offer or application of theirs is recorded by a school."


def record_place(
    *, person: YoungPerson, said: PlaceSaid, by: User, permission: Permission = Permission.PERSON_CHANGE
) -> Offer:
    """A place somebody applied for or was offered; one recorded already of the same place and course stands as it is
    said now. The September Guarantee follows by the rules of offers, and a place lost asks somebody to act (R19).

    Raises NotRight, NotPermitted.
    """
    rules = ruleset(clock.today())
    with changing(person, Kind.PLACE_RECORDED, permission=permission, by=by) as (now, event):
        _refuse(now, said, rules, by)
        establishment = place_of(said.place)
        name = establishment.name if establishment else said.place
        held = now.offers.filter(place__iexact=name, course__iexact=said.course).first()
        offer = held or Offer(person=now, establishment=establishment, place=name)
        if held and _is_same(held, said):
            repeated(event)
            return held
        return _kept(offer, said, by, rules)


def change_place(
    *,
    offer: Offer,
    said: PlaceSaid,
    seen: int,
    by: User,
    permission: Permission = Permission.PERSON_CHANGE,
) -> Offer:
    """What is said of a place now; `seen` is the version the page showed.

    Raises Conflict where somebody changed it meanwhile, NotRight, NotPermitted.
    """
    rules = ruleset(clock.today())
    with changing(offer.person, Kind.PLACE_RECORDED, permission=permission, by=by) as (now, event):
        _refuse(now, said, rules, by)
        held = now.offers.select_for_update(of=("self",)).get(pk=offer.pk)
        establishment = place_of(said.place)
        name = establishment.name if establishment else said.place
        if _is_same(held, said) and held.place == name:
            repeated(event)
            return held
        if held.version != seen:
            raise Conflict(
                theirs={each: getattr(held, each) for each in SHOWN},
                yours={each: getattr(said, each) for each in SHOWN},
            )
        others = now.offers.exclude(pk=held.pk).filter(place__iexact=name, course__iexact=said.course)
        if others.exists():
            raise NotRight({"place": "This place and course stand on the record already: change that line"})
        held.establishment, held.place = establishment, name
        return _kept(held, said, by, rules)


def raise_concern(*, person: YoungPerson, establishment: Establishment, words: str, by: User) -> Concern:
    """A school worries that a pupil may not go on: it is kept until the school says that it is over (R109).

    Raises NotRight, NotPermitted.
    """
    with changing(person, Kind.CONCERN_RAISED, permission=Permission.OWN_YEAR_11, by=by) as (now, event):
        refuse_fields(by, now, ["concern.words"])
        if not words.strip():
            raise NotRight({"words": "Enter what worries you"})
        if YoungPerson.objects.filter(objection_in_force(clock.today()), pk=now.pk).exists():
            raise NotRight({"words": OBJECTED})
        still = now.concerns.filter(establishment=establishment, over_on=None).first()
        if still and still.words == words.strip():
            repeated(event)
            return still
        concern = still or Concern(
            person=now, establishment=establishment, raised_on=clock.today(), raised_by=by
        )
        concern.words = words.strip()
        concern.save()
        return concern


def end_concern(*, concern: Concern, by: User) -> Concern:
    """It is over since today. Raises NotPermitted."""
    with changing(concern.person, Kind.CONCERN_OVER, permission=Permission.OWN_YEAR_11, by=by) as (
        now,
        event,
    ):
        refuse_fields(by, now, ["concern.over_on"])
        held = now.concerns.select_for_update(of=("self",)).get(pk=concern.pk)
        if held.over_on:
            repeated(event)
            return held
        held.over_on = clock.today()
        held.save(update_fields=["over_on"])
        return held


def _refuse(person: YoungPerson, said: PlaceSaid, rules: RuleSet, by: User) -> None:
    refuse_fields(by, person, ["offer.stage"])
    wrong = {}
    if not said.place:
        wrong["place"] = "Enter the college, school or provider"
    if said.stage not in rules.offer_stages or said.stage in NO_STAGES_OF_AN_OFFER:
        wrong["stage"] = "Select how it stands"
    if said.said_on > clock.today():
        wrong["said_on"] = "The day you heard of it must be today or in the past"
    if said.source == Source.PROVIDER and said.told_by:
        objected = YoungPerson.objects.filter(objection_in_force(clock.today()), pk=person.pk)
        if objected.exists():
            wrong[""] = OBJECTED
    if wrong:
        raise NotRight(wrong)


def _is_same(held: Offer, said: PlaceSaid) -> bool:
    return all(getattr(held, name) == getattr(said, name) for name in SAID if name != "said_on")


def _kept(offer: Offer, said: PlaceSaid, by: User, rules: RuleSet) -> Offer:
    for name in SAID:
        setattr(offer, name, getattr(said, name))
    offer.version += 1 if offer.pk else 0
    offer.save()
    _let_follow(offer.person, rules)
    _set_to_do(offer, rules, by)
    return offer


def _let_follow(person: YoungPerson, rules: RuleSet) -> None:
    asked: dict[str, Any] = {**asked_of_offers(rules, clock.today()), "people": [person.pk]}
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, asked)


def _set_to_do(offer: Offer, rules: RuleSet, by: User) -> None:
    """A place lost calls for somebody, an offer that stands answers them; the same as after a return."""
    tasks = Task.objects.filter(person=offer.person, kind=TASK, done_at=None)
    if _is_settled(offer.person, rules, clock.today()):
        tasks.filter(owner=None).update(done_at=clock.now(), done_by=by, outcome="An offer was recorded")
    elif (stage := rules.offer_stages[offer.stage]).to_do and not tasks.exists():
        Task.objects.create(
            authority_id=offer.person.authority_id,
            person=offer.person,
            kind=TASK,
            words=f"{stage.words} ({offer.place}). {stage.to_do}"[:240],
            cause=f"offer:{offer.pk}",
        )


def _is_settled(person: YoungPerson, rules: RuleSet, on: date) -> bool:
    """Whether an offer stands for the September to come about which nobody has to do anything."""
    year = rules.offers.september_of(on)

    def stage_of(offer: Offer) -> OfferStage:
        return rules.offer_stages[offer.stage]

    return any(
        rules.offers.counts(offer.as_rules_see_it, year) and not stage_of(offer).to_do
        for offer in person.offers.all()
    )
