"""What a young person seeks, what keeps them from it and what was agreed, written down as they said it (R82)."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import changing, refuse_fields, repeated
from tracking.register.kinds import Kind
from tracking.register.models import Seeking, YoungPerson
from tracking.register.refusals import Conflict, NotRight
from tracking.register.statements import SeekingSaid

SAID = ("sector", "level", "district", "starts_from", "barriers", "agreed")
NOTHING = "none"  # the answer that nothing keeps them: it stands alone


def record_seeking(
    *,
    person: YoungPerson,
    said: SeekingSaid,
    seen: int | None,
    by: User,
    permission: Permission = Permission.PERSON_CHANGE,
) -> Seeking:
    """Write down what they seek as they said it; `seen` is the version the page showed (None: what stands, stands for
    it too). What was agreed carries the day it was agreed.

    Raises Conflict where somebody changed it meanwhile, NotRight, NotPermitted.
    """
    with changing(person, Kind.SEEKING_RECORDED, permission=permission, by=by) as (now, event):
        refuse_fields(by, now, [f"seeking.{name}" for name in (*SAID, "agreed_on", "said_on")])
        _refuse(now, said)
        held = Seeking.objects.select_for_update(of=("self",)).filter(person=now).first()
        if held and _is_same(held, said):
            repeated(event)
            return held
        if held and seen is not None and held.version != seen:
            raise Conflict(
                theirs={name: getattr(held, name) for name in SAID},
                yours={name: getattr(said, name) for name in SAID},
            )
        return _kept(held or Seeking(person=now), said)


def _refuse(person: YoungPerson, said: SeekingSaid) -> None:
    rules = ruleset(clock.today())
    wrong = {}
    if said.sector and said.sector not in rules.sought_sectors:
        wrong["sector"] = "Select what they are looking for from the list"
    if said.level and said.level not in rules.sought_levels:
        wrong["level"] = "Select a level from the list"
    if any(each not in rules.barriers for each in said.barriers):
        wrong["barriers"] = "Select what keeps them from it from the list"
    if NOTHING in said.barriers and len(said.barriers) > 1:
        wrong["barriers"] = "Select what keeps them from it, or that nothing does, not both"
    if said.district and said.district.authority_id != person.authority_id:
        wrong["district"] = "Select a district of this council"
    if said.said_on > clock.today():
        wrong["said_on"] = "The day they said so must be today or in the past"
    if wrong:
        raise NotRight(wrong)


def _is_same(held: Seeking, said: SeekingSaid) -> bool:
    same = all(getattr(held, name) == getattr(said, name) for name in SAID if name != "barriers")
    return same and held.barriers == list(said.barriers) and held.said_on == said.said_on


def _kept(row: Seeking, said: SeekingSaid) -> Seeking:
    if row.agreed != said.agreed:
        row.agreed_on = said.said_on if said.agreed else None
    for name in SAID:
        setattr(row, name, getattr(said, name))
    row.barriers = list(said.barriers)
    row.said_on = said.said_on
    row.version = row.version + 1 if row.pk else 1
    row.save()
    return row
