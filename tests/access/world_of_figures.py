"""Public figures, groups, lists taken away and reports sent in a council of the world, by what an address may name."""

from typing import Any

from caseload.delivery.models import Delivery, Subscription
from neet import clock
from neet.accounts.models import User
from neet.files.actions import store
from schools.models import Authority
from tracking.exploring.models import SavedCut
from tracking.extracts.models import Extract
from tracking.figures.models import Freeze
from tracking.groups.models import Group
from tracking.public.models import PublicFigures, PublicReader, PublicRelease
from tracking.released.models import ReleasedCell, ReleasedTable


def build_figures(freeze: Freeze, by: User, *, is_open: bool) -> dict[str, Any]:
    """A month that is public, where the council opens its figures at all, and somebody on the list."""
    authority = freeze.authority
    table = ReleasedTable.objects.create(freeze=freeze, slug="council", least=5, method=1)
    for kind in ("", "neet", "not_known", "other"):
        ReleasedCell.objects.create(table=table, place=0, words="Everybody", kind=kind, value=100)
    files = {name: _file(authority, by, f"m.{name}") for name in ("pdf", "csv", "sheet")}
    release = PublicRelease.objects.create(
        authority=authority, freeze=freeze, month=freeze.month, digest="0" * 64, proposed_by=by,
        signed_at=clock.now(), signed_by=by, **files,
    )  # fmt: skip
    open_to = PublicFigures.OpenTo.EVERYBODY if is_open else PublicFigures.OpenTo.NOBODY
    PublicFigures.objects.create(authority=authority, open_to=open_to)
    reader = PublicReader.objects.create(
        authority=authority,
        name="A Reader",
        email="r@example.org",
        digest=f"{authority.pk}",
        until_on=clock.today(),
    )
    return {
        "public_release": release.pk,
        "public_reader": reader.pk,
        "public_council": authority.code,
        **_of(authority, by),
    }


def own_figures(authority: Authority, user: User) -> dict[str, Any]:
    """What belongs to this account alone."""
    return _of(authority, user)


def _of(authority: Authority, user: User) -> dict[str, Any]:
    group = Group.objects.create(authority=authority, owner=user, name="Mine")
    extract = Extract.objects.create(
        authority=authority, asked_by=user, state=Extract.State.READY, people=1, why="Needed", given_to="Us",
        file=_file(authority, user, "list.csv"), made_at=clock.now(), until_on=clock.today(),
    )  # fmt: skip
    cut = SavedCut.objects.create(authority=authority, owner=user, name="Regularly")
    wanted = Subscription.objects.create(authority=authority, owner=user, cut=cut)
    made = Delivery.objects.create(
        subscription=wanted,
        for_on=clock.today(),
        file=_file(authority, user, "r.xlsx"),
        opened_at=clock.now(),  # so that a walk that opens it changes nothing
    )
    return {"group": group.pk, "extract": extract.ref, "subscription": wanted.pk, "delivery": made.pk}


def _file(authority: Authority, by: User, name: str) -> Any:
    return store(source=[name.encode()], name=name, purpose="figures", by=by, authority_id=authority.pk)
