"""Many do the same since the same day: recorded as it would be for each of them alone."""

from dataclasses import fields
from datetime import date
from typing import Any

from django.db import connection

from neet.ui.words import day
from schools.models import Establishment
from tracking.bulk.acts import Deed, Said, Weighed
from tracking.reference.queries import ruleset
from tracking.register.actions.activities import said as columns_of
from tracking.register.fields import changes
from tracking.register.models import Characteristic
from tracking.register.models.activity import Source
from tracking.register.queries.changing import roles_at, words_of
from tracking.register.rules.activities import About, Told, first_known_on, not_known_codes, problems_of
from tracking.rules.ruleset import RuleSet

ALREADY = "Recorded already"
NOT_WHERE = "You may not say where somebody is"
PLACE = "activity.establishment_name"
SAME_DAY = "Something is recorded from that day already: correct it instead"
DAYS = ("starts_on", "told_on", "ends_on", "predicted_end_on", "review_on")

# The first known thing that begins then or later: what is told lasts until the day before it.
KEPT_ON = """
    (SELECT min(k.starts_on) FROM tracking_activity k
     WHERE k.person_id = p.id AND k.is_primary AND k.starts_on >= %(starts_on)s
       AND (%(says_nothing)s OR k.code <> ALL(%(gives_way)s)))
"""
LOOK = f"""
    SELECT p.id, p.date_of_birth,
      ARRAY(SELECT c.code FROM tracking_characteristic c
            WHERE c.person_id = p.id AND (c.starts_on IS NULL OR c.starts_on <= %(holds_on)s)
              AND (c.ends_on IS NULL OR c.ends_on >= %(holds_on)s)),
      EXISTS (SELECT FROM tracking_activity a JOIN tracking_confirmation c ON c.activity_id = a.id
              WHERE a.person_id = p.id AND a.is_primary AND a.code = %(code)s AND a.starts_on = %(starts_on)s
                AND a.establishment_id IS NOT DISTINCT FROM %(establishment_id)s
                AND (a.establishment_id IS NOT NULL OR a.establishment_name = %(place)s)
                AND c.source = %(source)s AND c.verified_on = %(told_on)s),
      {KEPT_ON} IS NOT DISTINCT FROM %(starts_on)s
    FROM tracking_youngperson p WHERE p.id = ANY(%(people)s)
"""
LATER = "SELECT set_config('neet.situate', 'later', true)"
# All at once: "one primary activity at a time" is asked when the transaction ends, and situations once.
RECORD = f"""
    WITH meant AS (
      SELECT p.id AS person_id, {KEPT_ON} AS kept_on FROM unnest(%(people)s::bigint[]) AS p (id)
    ), gone AS (
      DELETE FROM tracking_activity a USING meant m
      WHERE a.person_id = m.person_id AND a.is_primary AND a.starts_on >= %(starts_on)s
        AND (m.kept_on IS NULL OR a.starts_on < m.kept_on)
    ), ended AS (
      UPDATE tracking_activity a SET ends_on = %(starts_on)s::date - 1, version = version + 1 FROM meant m
      WHERE a.person_id = m.person_id AND a.is_primary AND a.starts_on < %(starts_on)s
        AND (a.ends_on IS NULL OR a.ends_on >= %(starts_on)s)
    ), made AS (
      INSERT INTO tracking_activity (person_id, code, starts_on, ends_on, is_primary, establishment_id,
        establishment_number, establishment_name, ukprn, predicted_end_on, review_on, ascertained_on, course,
        leaving_reason, source, recorded_by_id, version)
      SELECT m.person_id, %(code)s, %(starts_on)s, m.kept_on - 1, true, %(establishment_id)s,
        %(establishment_number)s, %(establishment_name)s, %(ukprn)s, %(predicted_end_on)s, %(review_on)s,
        %(ascertained_on)s, %(course)s, '', %(source)s, %(by)s, 1
      FROM meant m ORDER BY m.person_id
      RETURNING id, ends_on
    )
    INSERT INTO tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
    SELECT id, least(%(told_on)s::date, ends_on), %(source)s, %(by)s, %(at)s FROM made
"""
SITUATE = "SELECT set_config('neet.situate', '', true), tracking_situate(%s::bigint[])"


def weigh(deed: Deed) -> Weighed:
    """Each is judged by the very rules of a single record; one statement reads what they ask of."""
    told, rules = told_of(deed.said), ruleset(deed.on)
    if (told.establishment_id or told.place) and not changes(roles_at(deed.by, deed.authority_id), PLACE):
        return dict.fromkeys(deed.people, NOT_WHERE)
    with connection.cursor() as cursor:
        cursor.execute(LOOK, parameters(deed, told, rules))
        return {
            pk: _why(told, About(born_on, frozenset(held), Characteristic.EHCP in held), rules, deed.on)
            or (SAME_DAY if is_taken else "")
            if not is_known
            else ALREADY
            for pk, born_on, held, is_known, is_taken in cursor.fetchall()
        }


def _why(told: Told, about: About, rules: RuleSet, today: date) -> str:
    problems = problems_of(told, about, rules, today)
    return problems[0].words if problems else ""


def do(deed: Deed) -> None:
    """What runs into it ends the day before, stretches of not known give way, and what is known to come stays."""
    told = told_of(deed.said)
    with connection.cursor() as cursor:
        cursor.execute(LATER)
        cursor.execute(RECORD, parameters(deed, told, ruleset(deed.on)))
        cursor.execute(SITUATE, [list(deed.people)])


def parameters(deed: Deed, told: Told, rules: RuleSet) -> dict[str, Any]:
    gives_way = not_known_codes(rules)
    return {
        **{each.name: getattr(told, each.name) for each in fields(told)},
        **columns_of(told),
        "people": list(deed.people),
        "gives_way": sorted(gives_way),
        "says_nothing": told.code in gives_way,
        "holds_on": max(told.starts_on, deed.on),
        "ascertained_on": first_known_on(told),
        "by": deed.by.pk,
        "at": deed.at,
    }


def told_of(said: Said) -> Told:
    """The answers as one statement."""
    known = {each.name for each in fields(Told)}
    days = {name: date.fromisoformat(said[name]) for name in DAYS if said.get(name)}
    return Told(**{**{name: value for name, value in said.items() if name in known}, **days})


def kept(told: Told) -> dict[str, Any]:
    """A statement as it is kept beside the chosen."""
    named = {each.name: getattr(told, each.name) for each in fields(told)}
    return {name: value.isoformat() if name in DAYS and value else value for name, value in named.items()}


def tells(said: Said, on: date) -> list[tuple[str, str]]:
    told = told_of(said)
    place = Establishment.objects.filter(pk=told.establishment_id or 0).first()
    rows = (
        ("What are they doing?", words_of(told.code, ruleset(on))),
        ("Where?", place.name if place else told.place),
        ("Course or job", told.course),
        ("Since when?", day(told.starts_on)),
        ("Until when is it expected to last?", day(told.predicted_end_on) if told.predicted_end_on else ""),
        ("When will you look at it again?", day(told.review_on) if told.review_on else ""),
        ("Who told you?", Source(told.source).label),
        ("When did they know?", day(told.told_on)),
    )
    return [(label, str(words)) for label, words in rows if words]
