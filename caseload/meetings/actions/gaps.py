"""Provision that is missing: raised, changed, and what became of it."""

from caseload.meetings.kinds import Kind
from caseload.meetings.models import Meeting, ProvisionGap
from caseload.meetings.queries.places import authorities_of
from caseload.meetings.statements import GapTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.refusals import NotPermitted, NotRight


def raise_gap(
    *, authority: Authority, told: GapTold, by: User, meeting: Meeting | None = None
) -> ProvisionGap:
    """Something young people wait for is not there (R72). Raises NotPermitted, NotRight."""
    _may(authority.pk, by)
    _refuse_wrong(authority.pk, told)
    _refuse_unlisted(told.sector)
    with recorded(Kind.GAP_RAISED, by=by, authority_id=authority.pk, counts={"waiting": told.waiting}):
        return ProvisionGap.objects.create(authority=authority, meeting=meeting, raised_by=by, **_facts(told))


def change_gap(*, gap: ProvisionGap, told: GapTold, by: User) -> None:
    """It is said otherwise. Raises NotPermitted, NotRight."""
    _may(gap.authority_id, by)
    _refuse_wrong(gap.authority_id, told)
    _refuse_closed(gap)
    if told.sector != gap.sector:
        _refuse_unlisted(told.sector)
    with recorded(Kind.GAP_CHANGED, by=by, authority_id=gap.authority_id, counts={"waiting": told.waiting}):
        ProvisionGap.objects.filter(pk=gap.pk).update(**_facts(told))


def one_more_waits(*, gap: ProvisionGap, by: User) -> int:
    """Another young person waits for the same; how many wait now. Raises NotPermitted, NotRight."""
    _may(gap.authority_id, by)
    _refuse_closed(gap)
    with recorded(Kind.GAP_CHANGED, by=by, authority_id=gap.authority_id) as event:
        held = ProvisionGap.objects.select_for_update(of=("self",)).get(pk=gap.pk)
        held.waiting += 1
        held.save(update_fields=["waiting"])
        event.counts["waiting"] = held.waiting
        return held.waiting


def close_gap(*, gap: ProvisionGap, how: str, by: User) -> None:
    """It is there now, or is not wanted any more: what became of it. Raises NotPermitted, NotRight."""
    _may(gap.authority_id, by)
    _refuse_closed(gap)
    if not how.strip():
        raise NotRight({"how_closed": "Enter what became of it"})
    with recorded(Kind.GAP_CLOSED, by=by, authority_id=gap.authority_id, counts={"waiting": gap.waiting}):
        gap.closed_on, gap.how_closed = clock.today(), how.strip()
        gap.save(update_fields=["closed_on", "how_closed"])


def _facts(told: GapTold) -> dict[str, object]:
    return {name: getattr(told, name) for name in GapTold.__dataclass_fields__}


def _may(authority_id: int, by: User) -> None:
    if authority_id not in authorities_of(by, Permission.CASE_WORK):
        raise NotPermitted("provision gaps")


def _refuse_wrong(authority_id: int, told: GapTold) -> None:
    if not told.sector.strip():
        raise NotRight({"sector": "Select what is missing"})
    if told.district and told.district.authority_id != authority_id:
        raise NotRight({"district": "Select a district of this council"})


def _refuse_unlisted(sector: str) -> None:
    """What was written in words before stays as it is until somebody chooses."""
    if sector not in ruleset(clock.today()).sought_sectors:
        raise NotRight({"sector": "Select what is missing"})


def _refuse_closed(gap: ProvisionGap) -> None:
    if gap.closed_on:
        raise NotRight({"": "It is closed already"})
