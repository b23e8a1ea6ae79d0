"""In which ward somebody lived on the day a month counts on: no record holds it, it follows from the address of that
day, as it was known at the moment of the freeze, and from the national directory of postcodes (R107)."""

from collections.abc import Iterable, Mapping

from django.db import connection

# Beside records `r`; asks %(known_at)s and %(day)s, and gives `lies.ward_code`, null where it is not known.
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


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """What areas of the national directory are called; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("select code, name from tracking_area where code = any(%s)", [list(codes)])
        return dict(cursor.fetchall())
