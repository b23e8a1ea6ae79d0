"""People of a register put on it a second time: with a slip or another name, and without their numbers."""

from dataclasses import dataclass

from django.db import connection

from tracking.rules.matching.names import SHORT_FORMS

KINDS = {
    "letter": "the last letter of the first name lost",
    "turned": "day and month turned",
    "surname": "another last name",
    "barrel": "a double last name",
    "swapped": "first and last name swapped",
    "digit": "a digit of the birthday wrong",
    "nickname": "a short form of the first name",
}
# Home and gender are known the second time, numbers and middle names are not.
PUT_ON_TWICE = """
with short as (
  select distinct on (name) name, form from unnest(%(names)s::text[], %(forms)s::text[]) as s (name, form)
  order by name, form
), people as (
  select p.*, s.form, row_number() over (order by md5(p.id::text)) as n
  from tracking_youngperson p left join short s on s.name = lower(p.given_name)
  where authority_id = %(authority)s and merged_into_id is null and length(given_name) > 4
    and extract(day from date_of_birth) <= 12 and extract(day from date_of_birth) <> extract(month from date_of_birth)
    and length(family_name) > 3
    and exists (select from tracking_residence r where r.person_id = p.id and r.ends_on is null)
), placed as (
  select *, row_number() over (partition by form is null order by n) as place from people
), wanted as (
  select *, case when form is not null then 'nickname' else
    (array['letter','turned','surname','barrel','swapped','digit'])[(place - 1) / %(twice)s + 1] end as kind,
    'D' || lpad(row_number() over (order by id)::text, 12, '0') as number
  from placed where place <= case when form is null then 6 else 1 end * %(twice)s
), added as (
  insert into tracking_youngperson (authority_id, ref, young_person_id, given_name, middle_name, family_name, known_as,
    date_of_birth, gender, ethnicity, upn, uln, previous_id, educated_la, la_at_year_11, corporate_parent_la,
    cohort_status, transferred_to_la, level_of_need, has_guarantee, intended_destination, restricted_reason, source,
    version, created_at)
  select authority_id, gen_random_uuid(), number,
    case kind when 'letter' then left(given_name, -1) when 'nickname' then initcap(form)
      when 'swapped' then family_name else given_name end, '',
    case kind
      when 'surname' then
        (select min(family_name) from wanted o where o.place = w.place + 2 * %(twice)s and o.form is null)
      when 'barrel' then family_name || '-' ||
        (select min(family_name) from wanted o where o.place = w.place - %(twice)s and o.form is null)
      when 'swapped' then given_name else family_name end, '',
    case kind when 'turned' then to_date(to_char(date_of_birth, 'YYYYDDMM'), 'YYYYMMDD')
      when 'digit' then date_of_birth + case when n %% 2 = 0 then 10
        when extract(day from date_of_birth) < 9 then 1 else -1 end
      else date_of_birth end,
    gender, '', '', '', '', '', '', '', 'P', '', '', false, '', '', 'register', 1, now() from wanted w
  returning id, young_person_id
), lived as (
insert into tracking_residence (person_id, line_1, line_2, line_3, line_4, town, county, postcode, starts_on, source)
select a.id, r.line_1, r.line_2, r.line_3, r.line_4, r.town, r.county, r.postcode, r.starts_on, ''
from added a join wanted w on a.young_person_id = w.number
join tracking_residence r on r.person_id = w.id and r.ends_on is null
)
select w.kind, w.id, a.id from added a join wanted w on w.number = a.young_person_id
"""


@dataclass(frozen=True, slots=True)
class Planted:
    """Who stands on it twice, the first record before the second, and in which way."""

    kind: str
    first: int
    second: int


def plant(authority_id: int, each: int) -> list[Planted]:
    """So many of each kind, always the same ones of the same register. One statement."""
    short = _short_forms()
    said = {
        "authority": authority_id,
        "twice": each,
        "names": [name for name, _ in short],
        "forms": [form for _, form in short],
    }
    with connection.cursor() as cursor:
        cursor.execute(PUT_ON_TWICE, said)
        return [Planted(kind, first, second) for kind, first, second in cursor.fetchall()]


def _short_forms() -> list[tuple[str, str]]:
    lines = [line.split() for line in SHORT_FORMS.read_text(encoding="utf-8").splitlines()[1:]]
    return [(name.lower(), form.lower()) for name, *forms in lines for form in forms]


def found_of(planted: list[Planted], pairs: set[tuple[int, int]]) -> dict[str, int]:
    """How many of each kind stand among these pairs, in words."""
    return {
        words: sum((each.first, each.second) in pairs for each in planted if each.kind == kind)
        for kind, words in KINDS.items()
    }
