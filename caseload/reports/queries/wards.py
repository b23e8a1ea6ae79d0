"""The month by ward: where each lived on its last day, as it was known when the month was frozen (R107)."""

from collections.abc import Mapping

from django.db import connection

from caseload.reports.queries.cuts import COUNTED, cells
from caseload.reports.queries.material import Material, counted
from caseload.reports.rules.content import Section
from tracking.figures.queries.tallies import Key
from tracking.rules.rates import Counts

NO_WARD = "No postcode that the directory knows"
# A record holds no ward: it follows from the address of that day and the directory of postcodes.
LIVED_IN = """
    left join (
      select distinct on (x.person_id) x.person_id, x.postcode
      from tracking_residence_as_known(%(known_at)s) x
      where (x.starts_on is null or x.starts_on <= %(day)s) and (x.ends_on is null or x.ends_on >= %(day)s)
      order by x.person_id, x.starts_on desc nulls last, x.id desc
    ) home on home.person_id = r.person_id
    left join tracking_postcode lies
      on lies.postcode = upper(regexp_replace(home.postcode, '[^A-Za-z0-9]', '', 'g')) and lies.ward_code <> ''
"""


def by_ward(made_of: Material) -> Section | None:
    """Every ward, those with most NEET first, those with the same number by their share; two statements."""
    found = counted(made_of, "lies.ward_code", LIVED_IN)
    if not any(key for key in found):
        return None
    names = names_of([str(key) for key in found if key])
    told = sorted(
        ((names.get(str(key), str(key)), each) for key, each in found.items() if key and each.cohort),
        key=lambda line: (-line[1].neet, -(line[1].neet_rate or 0), line[0]),
    )
    rows = [(words, *cells(each)) for words, each in told]
    if without := _without(found):
        rows.append((NO_WARD, *cells(without)))
    first, counts = told[0]
    message = f"{first}: {counts.neet:,.0f} are NEET, {counts.neet_rate or 0:.1f}% of its young people"
    note = "A ward is where the postcode of the address lies by the national directory."
    return Section("Wards, most NEET first", message, ("Ward", *COUNTED), rows, note=note)


def _without(found: Mapping[Key, Counts]) -> Counts | None:
    counts = found.get(None)
    return counts if counts and counts.cohort else None


def names_of(codes: list[str]) -> Mapping[str, str]:
    """What areas of the national directory are called; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("select code, name from tracking_area where code = any(%s)", [codes])
        return dict(cursor.fetchall())
