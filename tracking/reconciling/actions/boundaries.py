"""Taking in where wards and districts end, a file whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.reconciling.kinds import Kind
from tracking.reconciling.models import Boundary, DirectoryFile
from tracking.reconciling.queries.boundaries import Lying, areas_here
from tracking.reconciling.rules.boundaries import Columns, Outline, outlines

GUESSED = Columns()
KEPT = ["name", "district", "rings", "file"]


@dataclass(frozen=True, slots=True)
class Shapes:
    """A file of shapes: its name, what it says, of which kind its areas are, and from which day they hold."""

    name: str
    said: Any
    kind: str
    holds_from: date
    columns: Columns = GUESSED


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many areas were taken in, how many of them are new or different, and how many of the councils here the file
    does not hold."""

    areas: int
    changed: int
    missing: int


def load_boundaries(*, shapes: Shapes, by: User | None) -> Drawn:
    """Keep the shapes of the areas of the councils here; areas elsewhere are passed over. A later file of the same day
    replaces the areas it names, the same file again changes nothing. Raises NotBoundaries, and nothing is kept."""
    known = areas_here(shapes.kind, shapes.holds_from)
    found = outlines(shapes.said, shapes.kind, shapes.columns, frozenset(known))
    with recorded(Kind.BOUNDARIES_LOADED, by=by) as event:
        file = DirectoryFile.objects.create(
            kind=DirectoryFile.Kind.BOUNDARIES,
            name=shapes.name[:200],
            rows=len(found),
            changed=0,
            loaded_by=by,
        )
        file.changed = _kept(shapes, found, known, file)
        file.save(update_fields=["changed"])
        event.counts = {"file": file.pk, "areas": len(found), "changed": file.changed}
    return Drawn(len(found), file.changed, len(known) - len(found))


def _kept(shapes: Shapes, found: list[Outline], known: Mapping[str, Lying], file: DirectoryFile) -> int:
    """Write down what is new or different; how many."""
    of_the_day = Boundary.objects.filter(kind=shapes.kind, holds_from=shapes.holds_from)
    before = {each.code: (each.name, each.district_id, each.rings) for each in of_the_day}
    arriving = [_boundary(shapes, each, known[each.code], file) for each in found]
    new = [each for each in arriving if before.get(each.code) != (each.name, each.district_id, each.rings)]
    Boundary.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["authority", "kind", "holds_from", "code"],
        update_fields=KEPT,
    )
    return len(new)


def _boundary(shapes: Shapes, outline: Outline, lying: Lying, file: DirectoryFile) -> Boundary:
    return Boundary(
        authority_id=lying.authority_id,
        kind=shapes.kind,
        code=outline.code,
        name=outline.name,
        holds_from=shapes.holds_from,
        district_id=lying.district_id,
        rings=[[list(point) for point in ring] for ring in outline.rings],
        file=file,
    )
