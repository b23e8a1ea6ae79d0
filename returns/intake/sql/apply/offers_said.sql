-- The places each line speaks of (temporary table `spoken`), beside what the register has of the same place and course.

-- offered_away
drop table if exists offered

-- offered
-- One line for each place and course of a young person: the last one of the file counts. What names no course is the
-- one course known of that place. An application is no later word than its answer; `is_later` is false where something
-- later was heard, or the same day at first hand.
create temp table offered on commit drop as
with told as materialized (
  select t.id, t.place as line, t.person_id, x.stage, x.place, x.course, x.preference, x.starts_on, x.conditions
  from spoken t cross join lateral (values
    (true, t.v ->> 'own_offer', %(own_name)s, '', null::int, null::date, ''),
    (false, coalesce(t.v ->> 'stage', %(stage_if_none)s), coalesce(t.v ->> 'place', %(own_name)s),
      coalesce(t.v ->> 'course', ''), (t.v ->> 'preference')::int, (t.v ->> 'offered_from')::date,
      coalesce(t.v ->> 'conditions', ''))
  ) as x (own, stage, place, course, preference, starts_on, conditions)
  where x.stage = any(%(offer_told)s) and x.place <> ''
    and (x.own or t.v ?| array['stage', 'place', 'course', 'preference'])
), places as (
  select distinct place from told
), known_as as (
  select lower(name) as key, id, name, la_code from schools_establishment where closed_on is null
  union all
  select key, id, name, la_code from schools_establishment cross join lateral (values (urn), (ukprn), (number)) n (key)
  where key <> ''
), found as (
  select distinct on (p.place) p.place, k.id, k.name from places p join known_as k on k.key = lower(p.place)
  order by p.place, k.id = %(establishment)s desc, k.la_code = %(own_la)s desc, k.id
), meant as materialized (
  select t.id, t.line, t.person_id, t.stage, left(coalesce(f.name, t.place), 160) as place, f.id as establishment_id,
    t.course, t.preference, t.starts_on, t.conditions
  from told t left join found f on f.place = t.place
), each_once as (
  select distinct on (person_id, lower(place), lower(course)) * from meant
  order by person_id, lower(place), lower(course), line desc
), beside as (
  select m.*, h.id as held_id, h.stage as held_stage, h.course as held_course, h.preference as held_preference,
    h.starts_on as held_starts_on, h.conditions as held_conditions, h.said_on as held_on, h.version as held_version,
    coalesce(h.told_by_id = h.establishment_id, false) as at_first_hand
  from each_once m left join lateral (
    select * from tracking_offer o
    where o.person_id = m.person_id
      and (o.establishment_id = m.establishment_id or lower(o.place) = lower(m.place))
      and (lower(o.course) = lower(m.course) or o.course = '' or m.course = '')
    order by lower(o.course) = lower(m.course) desc, o.said_on desc, o.id limit 1) h on true
), lined as (
  select *, row_number() over (
    partition by held_id order by lower(course) = lower(held_course) desc, line desc) as turn
  from beside where held_id is not null
), settled as (
  select * from lined where turn = 1
  union all
  select id, line, person_id, stage, place, establishment_id, course, preference, starts_on, conditions, null, null, null,
    null, null, null, null, null, false, 1
  from (
    select * from lined where turn > 1 and course <> '' union all select *, 1 from beside where held_id is null) another
)
select *, held_id is null or held_on < %(offers_as_at)s
    or held_on = %(offers_as_at)s and not (at_first_hand and establishment_id is distinct from %(establishment)s) as is_later,
  case when stage = 'applied' and held_stage not in ('applied', 'withdrawn') then held_stage else stage end as new_stage,
  coalesce(nullif(course, ''), held_course, '') as new_course, coalesce(preference, held_preference) as new_preference,
  coalesce(starts_on, held_starts_on) as new_starts_on,
  coalesce(nullif(conditions, ''), held_conditions, '') as new_conditions
from settled

-- offered_known
-- What says nothing new.
alter table offered add column is_known bool not null default false

-- offered_compared
update offered set is_known = true
where held_id is not null and (not is_later
  or (new_stage, new_course, new_preference, new_starts_on, new_conditions)
    is not distinct from (held_stage, held_course, held_preference, held_starts_on, held_conditions))

-- offered_measured
analyze offered
