"""Characteristics, special educational needs and the September Guarantee."""

from datetime import date

from django.db.models import QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import changing, refuse_fields, repeated
from tracking.register.kinds import Kind
from tracking.register.models import Characteristic, Guarantee, YoungPerson
from tracking.register.refusals import Conflict, NotRight
from tracking.register.statements import Offer
from tracking.rules.ruleset import RuleSet

EXCLUDES = {Characteristic.EHCP: Characteristic.SEN_SUPPORT, Characteristic.SEN_SUPPORT: Characteristic.EHCP}
WORDS = {Characteristic.EHCP: "an EHC plan", Characteristic.SEN_SUPPORT: "SEN support"}


def running(person: YoungPerson, on: date) -> QuerySet[Characteristic]:
    """What holds for the person on the day."""
    begun = person.characteristics.exclude(starts_on__gt=on)
    return begun.exclude(ends_on__lt=on)


def record_characteristic(
    *, person: YoungPerson, code: str, starts_on: date | None, source: str, by: User
) -> Characteristic:
    """Something holds for them since a day (None: since before we knew).

    An EHC plan and SEN support exclude each other (error 306), a characteristic may contradict the gender
    (260). Raises NotRight, NotPermitted.
    """
    rules = ruleset(clock.today())
    with changing(person, Kind.CHARACTERISTIC_RECORDED, permission=Permission.PERSON_CHANGE, by=by) as (
        now,
        event,
    ):
        if same := now.characteristics.filter(code=code, ends_on__isnull=True).first():
            repeated(event)
            return same
        refuse_fields(by, now, [f"characteristic.code={code}"])
        refuse_contradiction(now, code, starts_on, rules)
        return Characteristic.objects.create(person=now, code=code, starts_on=starts_on, source=source)


def refuse_contradiction(person: YoungPerson, code: str, starts_on: date | None, rules: RuleSet) -> None:
    known = rules.characteristics.get(code)
    if code not in Characteristic.OUR_OWN and known is None:
        raise NotRight({"code": "Select a characteristic from the list"})
    if known and known.not_with_gender and known.not_with_gender == person.gender:
        raise NotRight({"code": f"“{known.plain_words}” does not go with the gender recorded (error 260)"})
    other = EXCLUDES.get(code)
    still = (
        person.characteristics.filter(code=other).exclude(ends_on__lt=starts_on or date.min)
        if other
        else None
    )
    if other and still is not None and still.exists():
        raise NotRight(
            {"code": f"They have {WORDS[other]}: end it first, the two exclude each other (error 306)"}
        )


def end_characteristic(*, characteristic: Characteristic, on: date, by: User) -> Characteristic:
    """It held until that day, itself included. Raises NotRight, NotPermitted."""
    person = characteristic.person
    with changing(person, Kind.CHARACTERISTIC_ENDED, permission=Permission.PERSON_CHANGE, by=by) as (
        now,
        event,
    ):
        refuse_fields(by, now, [f"characteristic.code={characteristic.code}"])
        held = now.characteristics.select_for_update().get(pk=characteristic.pk)
        if held.ends_on == on:
            repeated(event)
            return held
        if held.starts_on and on < held.starts_on:
            raise NotRight({"ends_on": "The day it ended must be on or after the day it began"})
        held.ends_on = on
        held.save(update_fields=["ends_on"])
        return held


def set_guarantee(*, person: YoungPerson, offer: Offer, was: str, by: User) -> Guarantee:
    """Record how the guarantee stands; `was` is the status the page showed.

    Raises Conflict where it is another by now, NotRight for a status the year group does not have (errors 27,
    SG-a, 261), NotPermitted.
    """
    rules = ruleset(clock.today())
    with changing(person, Kind.GUARANTEE_SET, permission=Permission.PERSON_CHANGE, by=by) as (now, event):
        refuse_offer(offer, rules)
        row = now.guarantees.select_for_update().filter(year_group=offer.year_group).first()
        row = row or Guarantee(person=now, year_group=offer.year_group)
        asked = {name: getattr(offer, name) for name in Offer.__slots__}
        if row.pk and all(getattr(row, name) == value for name, value in asked.items()):
            repeated(event)
            return row
        if row.status != was:
            raise Conflict(theirs={"status": row.status}, yours={"status": offer.status})
        for name, value in asked.items():
            setattr(row, name, value)
        row.save()
        return row


def refuse_offer(offer: Offer, rules: RuleSet) -> None:
    status = rules.guarantee_statuses.get(offer.status)
    fits = status and (status.valid_year_11 if offer.year_group == 11 else status.valid_year_12)
    if not fits:
        raise NotRight({"status": f"Select a status that Year {offer.year_group} may have"})
    if offer.la_code and offer.la_code not in rules.authorities:
        raise NotRight({"la_code": "Select the council that led"})
