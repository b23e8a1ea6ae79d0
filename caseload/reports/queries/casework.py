"""What services did with the month: their cases, how soon they spoke to whom, and who went on from being NEET."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import median
from typing import Any

from django.db import connection

from caseload.reports.queries.cuts import of_counts
from caseload.reports.queries.material import Material, counted
from caseload.reports.queries.monthly import by_band
from caseload.reports.rules.content import Cell, Section, Share
from caseload.reports.rules.travel import Band
from neet.working_days import on_or_before
from tracking.rules.codes import Status

NOBODYS, EVERYBODY = "No service", "All"
# A case of the month with what was said of it in time, and whether somebody was reached in the month, as it was known
# when the month was frozen.
CASES = """
    select coalesce(s.name, ''), count(*),
      count(*) filter (where c.state = 'allocated' and c.offer = 'caseload'),
      count(*) filter (where c.state = 'allocated' and c.offer = 'caseload' and exists (
        select from caseload_review v where v.case_id = c.id and v.reviewed_on <= %(last_day)s
          and v.recorded_at <= %(known_at)s)),
      count(*) filter (where exists (
        select from caseload_attempt t where t.person_id = c.person_id and t.reached
          and (t.tried_at at time zone 'Europe/London')::date between %(first_day)s and %(day)s
          and t.recorded_at <= %(known_at)s)),
      count(*) filter (where c.state = 'moved_on'), count(*) filter (where c.state = 'handed_back'),
      count(*) filter (where c.state in ('conflict', 'no_rule'))
    from caseload_case c
    join caseload_monthrun m on m.id = c.run_id
    left join schools_service s on s.id = c.service_id
    left join ({records}) r on r.person_id = c.person_id
    where m.authority_id = %(council)s and m.month = %(month_end)s and {here}
    group by 1
"""
# From becoming NEET to the first time somebody was reached, of those whose days of the protocol are over.
FIRST_CONTACT = """
    select coalesce(s.name, ''), f.days, count(*)
    from ({records}) r
    left join schools_service s on s.id = r.service_id
    left join lateral (
      select min((t.tried_at at time zone 'Europe/London')::date) - r.neet_since_on as days
      from caseload_attempt t where t.person_id = r.person_id and t.reached and t.recorded_at <= %(known_at)s
        and (t.tried_at at time zone 'Europe/London')::date between r.neet_since_on and %(day)s
    ) f on true
    where r.is_measured and r.status = 'NEET' and r.neet_since_on between %(since)s and %(until)s and {here}
    group by 1, 2
"""
# Who was NEET three months before, by the service that worked with them then, and what they did a month on and now.
WENT_ON = """
    select coalesce(s.name, ''), count(*), count(*) filter (where one.status = 'EET'),
      count(*) filter (where three.status = 'EET')
    from tracking_monthrecord r
    left join schools_service s on s.id = r.service_id
    left join tracking_monthrecord one
      on one.freeze_id = %(one)s and one.month = %(one_month)s and one.person_id = r.person_id
    left join ({records}) three on three.person_id = r.person_id
    where r.freeze_id = %(then)s and r.month = %(then_month)s and r.is_measured and r.status = 'NEET' and {here}
    group by 1
"""
LOOKED_BACK = timedelta(days=182)
UNTIL_SPOKEN_TO = (
    Band("Within 3 days", 3),
    Band("4 to 7 days", 7),
    Band("8 to 14 days", 14),
    Band("15 to 28 days", 28),
    Band("Later", None),
)
NOT_YET = "Not spoken to yet"
# Young people services answer for by law: looked after by a council, supervised by youth justice.
GROUPS = ("110", "170")


def cases(made_of: Material) -> Section:
    """The month's cases by service: how many had to be reviewed and were in time (R64), how many were reached."""
    first, last = made_of.month.starts_on, on_or_before(made_of.month.ends_on)
    asked = {
        "council": made_of.authority.pk,
        "month_end": made_of.month.ends_on,
        "first_day": first,
        "last_day": last,
    }
    found = _by_service(made_of, CASES, "c.service_id", **asked)
    if not found:
        return Section("Cases", f"No cases were opened for {made_of.month.words}")
    rows = [_case_row(name, numbers) for name, numbers in _with_all(found)]
    whole = rows[-1]
    they = "case that had to be reviewed was" if whole[2] == 1 else "cases that had to be reviewed were"
    message = f"{whole[3]:,} of {whole[2]:,} {they} reviewed in time"
    columns = (
        "Service", "Cases", "To review", "In time", "Share", "Reached", "No longer NEET", "Handed back", "To decide",
    )  # fmt: skip
    note = "Reached: the young person or somebody who knows of them was spoken to in the month."
    return Section("Cases", message, columns, rows, note=note)


def _case_row(name: str, numbers: Sequence[int]) -> tuple[Cell, ...]:
    number, duty, in_time, reached, moved_on, back, undecided = numbers
    share = Share(100 * in_time / duty if duty else None)
    return (name, number, duty, in_time, share, reached, moved_on, back, undecided)


def first_contact(made_of: Material) -> Sequence[Section]:
    """How soon whoever became NEET was spoken to, beside the days of the contact protocol (R128)."""
    within = protocol_days(made_of)
    found = _waited(made_of, within) if within else {}
    return (_in_time(found, within), _by_days(found)) if within and found else ()


def _in_time(found: Mapping[str, Sequence[int | None]], within: int) -> Section:
    everything = [day for days in found.values() for day in days]
    rows = [_wait_row(name, found[name], within) for name in _in_order(found)]
    rows.append(_wait_row(EVERYBODY, everything, within))
    message = f"{rows[-1][3]:,} of {len(everything):,} were spoken to within {within} days of becoming NEET"
    columns = (
        "Service",
        "Became NEET",
        "Spoken to",
        f"Within {within} days",
        "Share",
        "Days, the middle one",
    )
    note = "NEET since no more than half a year, and long enough for the days of the protocol to be over."
    return Section("Days to the first contact", message, columns, rows, note=note)


def _by_days(found: Mapping[str, Sequence[int | None]]) -> Section:
    days = Counter(day for each in found.values() for day in each)
    return by_band("How long they waited to be spoken to", days, UNTIL_SPOKEN_TO, (NOT_YET, "Spoken to"))


def protocol_days(made_of: Material) -> int | None:
    """The most days the contact protocol gives for the first contact with somebody who became NEET."""
    protocol = made_of.rules.protocol(made_of.authority.code)
    return max((each.first_days for each in protocol if each.status is Status.NEET), default=None)


def _waited(made_of: Material, within: int) -> Mapping[str, list[int | None]]:
    since, until = made_of.day - LOOKED_BACK, made_of.day - timedelta(days=within)
    found: defaultdict[str, list[int | None]] = defaultdict(list)
    for name, days, people in _rows(made_of, FIRST_CONTACT, "r.service_id", since=since, until=until):
        found[name] += [days] * people
    return found


def _wait_row(name: str, days: Sequence[int | None], within: int) -> tuple[Cell, ...]:
    spoken = [day for day in days if day is not None]
    in_time = sum(day <= within for day in spoken)
    middle = round(median(spoken)) if spoken else NOT_YET
    return (name or NOBODYS, len(days), len(spoken), in_time, Share(100 * in_time / len(days)), middle)


def went_on(made_of: Material) -> Section | None:
    """Who was NEET three months before, and was in learning or work one and three months on."""
    one = made_of.month.before.before
    then = one.before
    freezes = {each.month: each for each in made_of.card.freezes}
    if one.ends_on not in freezes or then.ends_on not in freezes:
        return None
    asked = {
        "one": freezes[one.ends_on].pk, "one_month": one.ends_on, "then": freezes[then.ends_on].pk,
        "then_month": then.ends_on,
    }  # fmt: skip
    found = _by_service(made_of, WENT_ON, "r.service_id", **asked)
    if not found:
        return None
    rows: list[tuple[Cell, ...]] = [
        (name, people, month, Share(100 * month / people), quarter, Share(100 * quarter / people))
        for name, (people, month, quarter) in _with_all(found)
    ]
    message = f"{rows[-1][4]:,} of {rows[-1][1]:,} who were NEET in {then.words} are in learning or work now"
    columns = (
        "Service",
        f"NEET in {then.words}",
        "A month later",
        "Share",
        "Three months later",
        "Share then",
    )
    return Section(
        "Into learning or work", message, columns, rows, note="By the service that worked with them then."
    )


def groups(made_of: Material) -> Section | None:
    """NEET and not known among those services answer for: looked after, youth justice, special educational needs."""
    found = counted(
        made_of, "k.code", "cross join lateral unnest(r.characteristics) as k (code)", "k.code = any(%(groups)s)",
        groups=list(GROUPS),
    )  # fmt: skip
    needs = counted(made_of, "r.need", only="r.need <> ''")
    words = {code: each.plain_words for code, each in made_of.rules.characteristics.items()}
    words |= {"EHCP": "EHC plan", "SENS": "SEN support"}
    note = "Somebody in two groups stands in both lines."
    return of_counts("Groups that services answer for", "Group", {**found, **needs}, words, note=note)


def _by_service(made_of: Material, statement: str, service: str, **more: Any) -> dict[str, Sequence[int]]:
    return {name: numbers for name, *numbers in _rows(made_of, statement, service, **more)}


def _rows(made_of: Material, statement: str, service: str, **more: Any) -> list[tuple[Any, ...]]:
    """One statement over the month's records, narrowed to the place; a service is the one of the column `service`."""
    asked: dict[str, Any] = {
        **made_of.source.parameters, "day": made_of.day, "known_at": made_of.known_at, **more,
    }  # fmt: skip
    if made_of.whom.service:
        here = f"{service} = %(own_service)s"
        asked["own_service"] = made_of.whom.service.pk
    else:
        here = made_of.chosen.condition("r", asked)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(records=made_of.source.records, here=here), asked)
        return cursor.fetchall()


def _with_all(found: Mapping[str, Sequence[int]]) -> list[tuple[str, Sequence[int]]]:
    rows = [(name or NOBODYS, found[name]) for name in _in_order(found)]
    return [*rows, (EVERYBODY, [sum(each) for each in zip(*found.values(), strict=True)])]


def _in_order(names: Mapping[str, Any]) -> list[str]:
    """Services by name, those without one last."""
    return sorted(names, key=lambda name: (not name, name))
