-- What the register says, as the comparison needs it, of everybody a return is about or may be: one line for each.
-- Who they are is counted first: planned for a few, fifteen thousand are looked up one by one.
drop table if exists standing, meant;
create temp table meant on commit drop as
select person_id from {rows} where person_id is not null union select unnest(%(people)s::bigint[]);
analyze meant;
create temp table standing on commit drop as
with theirs as materialized (
  select a.person_id, a.id, a.version, a.code, a.starts_on, a.ends_on, a.establishment_id
  from meant join tracking_activity a on a.person_id = meant.person_id
  where a.is_primary and (a.ends_on is null or a.ends_on >= %(day)s)
), held as (
  select distinct on (a.person_id) a.person_id, a.id, a.version, a.code, a.starts_on, a.ends_on, a.establishment_id
  from theirs a where a.starts_on <= %(day)s
  order by a.person_id, a.starts_on desc, a.id desc
), told as (
  select a.person_id, a.id, a.establishment_id = %(establishment)s as is_here, c.source, max(c.verified_on) as verified_on
  from theirs a join tracking_confirmation c on c.activity_id = a.id
  where c.voids_id is null and c.verified_on >= %(day)s
    and not exists (select from tracking_confirmation v where v.voids_id = c.id)
  group by a.person_id, a.id, is_here, c.source
), newer as (
  -- What another source said of the time after the day this return speaks of, where that source is believed first.
  select person_id, max(verified_on) as verified_on, bool_or(is_here is not true) as is_elsewhere
  from told where verified_on > %(day)s and source = any(%(believed)s) group by person_id
)
select p.id as person_id, p.version, p.cohort_status, home.id as home_id, h.id as activity_id,
  h.version as activity_version, h.code, h.starts_on, h.ends_on, h.establishment_id = %(establishment)s as is_here,
  -- "is true" has it looked up row by row in memory: joined, it is guessed to be one row and walked once for each.
  (h.id in (select t.id from told t)) is true as is_told, n.verified_on as newer_on, n.is_elsewhere
from meant join tracking_youngperson p on p.id = meant.person_id
left join tracking_residence home on home.person_id = p.id and home.ends_on is null
left join held h on h.person_id = p.id left join newer n on n.person_id = p.id;
analyze standing
