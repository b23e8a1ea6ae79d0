"""In which ward somebody lived on the day a month counts on. A frozen month keeps it with each row, as the address was
known at the freeze; of the month in progress it is looked up in the national directory of postcodes (R107)."""

from collections.abc import Iterable, Mapping

from django.db import connection

HAS_WARDS = "select exists (select from tracking_postcode where ward_code <> '')"
# Beside rows `r` of people; asks for %(day)s, and gives `lies.ward_code`, null where it is not known.
LIVES_IN = """
    left join lateral (
      select x.postcode from tracking_residence x
      where x.person_id = r.person_id
        and (x.starts_on is null or x.starts_on <= %(day)s) and (x.ends_on is null or x.ends_on >= %(day)s)
      order by x.starts_on desc nulls last, x.id desc limit 1
    ) home on true
    left join tracking_postcode lies
      on lies.postcode = upper(regexp_replace(home.postcode, '[^A-Za-z0-9]', '', 'g')) and lies.ward_code <> ''
"""
# The records of the month in progress, each with its ward.
NOW_AT_HOME = (
    f"select r.*, lies.ward_code from tracking_nowrecord r {LIVES_IN} where r.authority_id = %(authority)s"
)


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """What areas of the national directory are called; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("select code, name from tracking_area where code = any(%s)", [list(codes)])
        return dict(cursor.fetchall())
