"""Writing down a screening talk, and which service is to lead after it."""

from dataclasses import fields

from caseload.screening.kinds import Kind
from caseload.screening.models import Screening
from caseload.screening.statements import Plan, Told
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from schools.models import Service
from tracking.register.actions.reach import locked, repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight


def screen(
    *, person: YoungPerson, told: Told, by: User, proposed: Service | None = None, rule: str = ""
) -> Screening:
    """One talk, with what the young person wants to do; the same answers of the same day twice are one (R60).

    `proposed` is the service the rules name after these answers, and `rule` the one that named it (R61). Raises
    NotRight, NotPermitted.
    """
    if told.wants not in Screening.Wants.values:
        raise NotRight({"wants": "Select what the young person wants to do"})
    if told.held_on > clock.today():
        raise NotRight({"held_on": "The talk cannot be in the future"})
    refuse_foreign(told.plan.other_service, person, "other_service")
    said = {
        "held_on": told.held_on,
        "wants": told.wants,
        "wants_words": told.wants_words.strip(),
        "asks_for_support": told.asks_for_support,
        **{each.name: getattr(told.plan, each.name) for each in fields(Plan)},
    }
    with recorded(Kind.HELD, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        latest = Screening.objects.filter(person=now).first()
        if latest and latest.recorded_by == by and all(getattr(latest, key) == said[key] for key in said):
            repeated(event)
            return latest
        return Screening.objects.create(person=now, recorded_by=by, proposed=proposed, rule=rule, **said)


def choose_lead(*, screening: Screening, service: Service, why: str, by: User) -> Screening:
    """The service that is to lead, as agreed in the talk; another than the proposed one only for a reason (R61).

    The month's allocation reads it. Raises NotRight, NotPermitted.
    """
    person = screening.person
    refuse_foreign(service, person, "service")
    with recorded(Kind.LEAD_CHOSEN, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        locked(person, by=by, permission=Permission.CASE_WORK)
        now = Screening.objects.select_for_update().get(pk=screening.pk)
        differs = now.proposed_id is not None and now.proposed_id != service.pk
        if differs and not why.strip():
            raise NotRight({"why": "Enter why another service is to lead"})
        if now.chosen_id == service.pk and (not differs or now.why_other == why.strip()):
            repeated(event)
            return now
        now.chosen, now.why_other = service, why.strip() if differs else ""
        now.save(update_fields=["chosen", "why_other"])
        return now


def refuse_foreign(service: Service | None, person: YoungPerson, field: str) -> None:
    if service and service.authority_id != person.authority_id:
        raise NotRight({field: "Select a service of this council"})
