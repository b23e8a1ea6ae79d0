"""In which ward somebody lived on the day a month counts on: no record holds it, it follows from the address of that
day, as it was known at the moment of the freeze, and from the national directory of postcodes (R107)."""

from collections.abc import Iterable, Mapping

from django.db import connection

HOME = """
    left join (
      select distinct on (x.person_id) x.person_id, x.postcode
      from {residences} x
      where (x.starts_on is null or x.starts_on <= {day}) and (x.ends_on is null or x.ends_on >= {day})
      order by x.person_id, x.starts_on desc nulls last, x.id desc
    ) home on home.person_id = r.person_id
    left join tracking_postcode lies
      on lies.postcode = upper(regexp_replace(home.postcode, '[^A-Za-z0-9]', '', 'g')) and lies.ward_code <> ''
"""
# Beside records `r`; asks %(known_at)s and %(day)s, and gives `lies.ward_code`, null where it is not known.
LIVED_IN = HOME.format(residences="tracking_residence_as_known(%(known_at)s)", day="%(day)s")
LIVE_IN = HOME.format(residences="tracking_residence", day="%(day)s")


def at_home(freeze: str, month: str) -> str:
    """The records of a freeze, each with its `ward_code`; whose and of which month is said in SQL."""
    known_at = f"(select frozen_at from tracking_freeze where id = {freeze})"
    lived_in = HOME.format(residences=f"tracking_residence_as_known({known_at})", day=month)
    records = f"select * from tracking_monthrecord where freeze_id = {freeze} and month = {month}"
    return f"select r.*, lies.ward_code from ({records}) r {lived_in}"


# The records of freezes, and of the month in progress, each with its ward.
FROZEN_AT_HOME = f"""
    select s.* from tracking_freeze f cross join lateral ({at_home("f.id", "f.month")}) s
    where f.id = any(%(freezes)s)
"""
NOW_AT_HOME = (
    f"select r.*, lies.ward_code from tracking_nowrecord r {LIVE_IN} where r.authority_id = %(authority)s"
)


def names_of(codes: Iterable[str]) -> Mapping[str, str]:
    """What areas of the national directory are called; one statement."""
    with connection.cursor() as cursor:
        cursor.execute("select code, name from tracking_area where code = any(%s)", [list(codes)])
        return dict(cursor.fetchall())
