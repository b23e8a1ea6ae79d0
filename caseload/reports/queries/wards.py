"""The month by ward: where each lived on its last day, as it was known when the month was frozen (R107)."""

from collections.abc import Mapping

from caseload.reports.queries.cuts import COUNTED, cells
from caseload.reports.queries.material import Material, counted
from caseload.reports.rules.content import Section
from neet.ui.charts import Figure
from neet.ui.maps import Place, choropleth
from neet.ui.words import many
from tracking.figures.queries.tallies import Key
from tracking.figures.queries.wards import names_of
from tracking.reconciling.models import Boundary
from tracking.reconciling.queries.boundaries import boundaries
from tracking.released.pictures import words_of_shades
from tracking.rules.rates import Counts
from tracking.rules.shades import shades

TITLE = "Wards, most NEET first"
NO_WARD = "No postcode that the directory knows"


def by_ward(made_of: Material) -> Section | None:
    """Every ward where anybody is NEET or not known: most NEET first, then by their share; two statements."""
    found = counted(made_of, "r.ward_code", of=made_of.source.at_home)
    if not any(key for key in found):
        return None  # no directory of postcodes, or none of ours in it
    names = names_of([str(key) for key in found if key])
    told = sorted(
        ((names.get(str(key), str(key)), each) for key, each in found.items() if key and each.together),
        key=lambda line: (-line[1].neet, -(line[1].neet_rate or 0), line[0]),
    )
    rows = [(words, *cells(each)) for words, each in told]
    if without := _without(found):
        rows.append((NO_WARD, *cells(without)))
    if not told:
        return Section(TITLE, "Nobody is NEET or not known in any ward")
    first, counts = told[0]
    message = f"{first}: {counts.neet:,.0f} are NEET, {counts.neet_rate or 0:.1f}% of its young people"
    others = sum(1 for key, each in found.items() if key and each.cohort) - len(told)
    left_out = (
        f" Left out, as nobody there is NEET or not known: {many(others, 'ward,wards')}." if others else ""
    )
    note = f"A ward is where the postcode of the address lies by the national directory.{left_out}"
    return Section(TITLE, message, ("Ward", *COUNTED), rows, _map(made_of, found, message), note)


def _map(made_of: Material, found: Mapping[Key, Counts], message: str) -> Figure | None:
    """The wards in five shades; None where no borders were taken in. One statement."""
    areas = boundaries(made_of.authority.pk, made_of.day)
    own = made_of.whom.district
    here = [each for each in areas if own is None or each.district_id == own.pk]
    wards = [each for each in here if each.kind == Boundary.Kind.WARD]
    if not wards:
        return None
    numbers = {each.code: int(found[each.code].neet) if each.code in found else 0 for each in wards}
    shade_of = shades(numbers.values())
    drawing = choropleth(
        [
            Place(f"{each.name}: {numbers[each.code]:,} NEET", each.rings, shade_of[numbers[each.code]])
            for each in wards
        ],
        legend=words_of_shades(shade_of),
        borders=[Place(each.name, each.rings) for each in areas if each.kind == Boundary.Kind.DISTRICT]
        if own is None
        else (),
        title="Map: NEET by ward",
        description=f"{message}. The table below says the same in numbers.",
    )
    return Figure(message, "NEET by ward", drawing, (), ())


def _without(found: Mapping[Key, Counts]) -> Counts | None:
    counts = found.get(None)
    return counts if counts and counts.cohort else None
