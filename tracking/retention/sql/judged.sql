-- When each young person's record leaves everyday lists and when its time is over, by which rule: what
-- `tracking/rules/retention.py` says of one, for a whole register.
with rule as (
  select * from unnest(%(codes)s::text[], %(traits)s::text[], %(clocks)s::text[], %(archive)s::int[], %(erase)s::int[])
    as r (code, trait, clock, archive, erase)
), said as (
  select c.activity_id, max(c.verified_on) as on_day from tracking_confirmation c
  where c.verified_on <= %(on)s group by c.activity_id
), done as (
  select a.person_id, max(greatest(
      case when a.starts_on <= %(on)s then a.starts_on end, case when a.ends_on <= %(on)s then a.ends_on end,
      s.on_day)) as on_day
  from tracking_activity a left join said s on s.activity_id = a.id group by a.person_id
), noted as (
  select person_id, max((written_at at time zone 'Europe/London')::date) as on_day from tracking_note group by person_id
), had as (
  select person_id, array_agg(distinct code::text) as codes from tracking_characteristic group by person_id
), facts as (
  select p.id, p.date_of_birth as born_on, p.cohort_status_on as since, p.cohort_status = any(%(left)s)
      and coalesce(p.cohort_status_on <= %(on)s, true) as has_left,
    coalesce(h.codes, '{}') as codes,
    coalesce(greatest(d.on_day, n.on_day), (p.created_at at time zone 'Europe/London')::date) as last_on
  from tracking_youngperson p
  left join done d on d.person_id = p.id left join noted n on n.person_id = p.id left join had h on h.person_id = p.id
  where p.authority_id = %(authority)s and (%(people)s::bigint[] is null or p.id = any(%(people)s))
), traits as (
  select f.*, case when f.has_left then f.codes || 'left'::text else f.codes end as traits from facts f
), counted as (
  select f.id, r.code, r.archive, r.erase, case r.clock
      when 'left_cohort' then case when f.has_left then f.since end
      when 'upper_age' then coalesce(make_date((extract(year from f.born_on) + 1
          + case when %(plan)s = any(f.codes) then %(oldest_with_plan)s else %(oldest_without_plan)s end
          + (extract(month from f.born_on) >= 9)::int)::int, 8, 31), f.last_on)
      else f.last_on end as begins
  from traits f join rule r on r.trait = any(f.traits)
    or r.trait = '' and not exists (select from rule s where s.trait <> '' and s.trait = any(f.traits))
), dated as (
  select id, code, (begins + make_interval(months => archive))::date as archived_on,
    coalesce((begins + make_interval(months => erase))::date, 'infinity'::date) as erased_on
  from counted where begins is not null
)
select id, (array_agg(code order by erased_on desc, code collate "C" desc))[1] as rule,
  case when bool_and(archived_on is not null) then max(archived_on) end as archived_on,
  nullif(max(erased_on), 'infinity'::date) as erased_on
from dated group by id
