"""How everybody counts today, kept between readings: a page works out only those whom something happened to since."""

import hashlib
from dataclasses import replace
from typing import Any

from django.db import connection, transaction

from tracking.figures.queries.records import COLUMNS, Asked, select

MANY = 4000  # beyond that, everybody anew costs less
LOCK = "select pg_advisory_xact_lock(hashtext('neet.counted'), %(authority)s)"
TAKE = """
    with stirred as (delete from tracking_stirred where authority_id = %(authority)s returning person_id)
    select (select array_agg(distinct person_id) from stirred),
      exists (select from tracking_nowcount
              where authority_id = %(authority)s and day = %(day)s and asked = %(asked)s)
"""
FORGET = "delete from tracking_nowrecord where authority_id = %(authority)s"
OF_THESE = " and person_id = any(%(people)s)"
KEEP = f"insert into tracking_nowrecord ({', '.join(COLUMNS)}) {select(today=True)}"
SAY_SO = """
    insert into tracking_nowcount (authority_id, day, asked) values (%(authority)s, %(day)s, %(asked)s)
    on conflict (authority_id) do update set day = excluded.day, asked = excluded.asked, made_at = now()
"""


def bring_up_to_date(asked: Asked) -> int:
    """Bring the kept rows of the authority to what the register says now; how many young people were counted anew,
    everybody on the first reading of a day or after a change of rules. `asked.day` is today. Three statements where
    nothing happened.

    What another transaction has not committed is not there yet and stays noted for the next reader.
    """
    everybody = replace(asked, people=None)
    key: dict[str, Any] = {
        "authority": asked.authority_id,
        "day": asked.day,
        "asked": _fingerprint(everybody),
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(LOCK, key)
        cursor.execute(TAKE, key)
        stirred, is_of_today = cursor.fetchone()
        if not is_of_today or len(stirred or ()) > MANY:
            cursor.execute(FORGET, key)
            cursor.execute(KEEP, everybody.parameters)
            made = cursor.rowcount
            cursor.execute(SAY_SO, key)
            return made
        if stirred:
            few = replace(everybody, people=stirred)
            cursor.execute(FORGET + OF_THESE, few.parameters)
            cursor.execute(KEEP, few.parameters)
        return len(stirred or ())


def _fingerprint(asked: Asked) -> str:
    """What rows are made by: the day, the ages, letters and codes of the rules."""
    said = repr(sorted(asked.parameters.items()))
    return hashlib.sha256(said.encode()).hexdigest()
