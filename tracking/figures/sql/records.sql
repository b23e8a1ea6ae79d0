-- One row for each young person of an authority as they count on a day: the columns of MonthRecord, in its order.
-- Left out: those not yet in Year 11, those who came later, those who had left before the month began.
with letters as (
  select * from unnest(%(letters)s::text[], %(kinds)s::text[], %(reasons)s::text[]) as l (letter, kind, reason)
), codes as (
  select * from unnest(%(codes)s::text[], %(statuses)s::text[], %(participating)s::bool[])
    as k (code, status, participates)
), facts as (
  select c.person_id,
    bool_or(c.code = 'EHCP') as plan, bool_or(c.code = 'SENS') as support,
    bool_or(c.code = any(%(vulnerable)s)) as vulnerable,
    array_agg(c.code order by c.code) filter (where c.code = any(%(characteristics)s)) as codes
  from tracking_characteristic c join tracking_youngperson p on p.id = c.person_id
  where p.authority_id = %(authority)s and (%(people)s::bigint[] is null or p.id = any(%(people)s))
    and (c.starts_on is null or c.starts_on <= %(day)s) and (c.ends_on is null or c.ends_on >= %(day)s)
  group by c.person_id
), changed_after as materialized (
  -- of several changes of their place in the cohort after the day the first one tells whether they were there
  select distinct on (h.id) h.id, h.cohort_status as letter
  from tracking_youngperson p join tracking_youngperson_history h on h.id = p.id
  where p.authority_id = %(authority)s and p.cohort_status_on > %(day)s and h.cohort_status_on > %(day)s
    and (%(people)s::bigint[] is null or p.id = any(%(people)s))
  order by h.id, h.history_id
), aged as (
  select p.id, p.gender, p.ethnicity, p.has_guarantee, p.cohort_status_on, l.kind, l.reason as reason_out,
    (%(academic_year)s - extract(year from p.date_of_birth) - (extract(month from p.date_of_birth) > 8)::int)::int as age,
    coalesce(f.plan, false) as plan, coalesce(f.support, false) as support,
    coalesce(f.vulnerable, false) as vulnerable, f.codes as circumstances
  from tracking_youngperson p
  left join changed_after next on next.id = p.id
  left join letters l on l.letter = coalesce(next.letter, p.cohort_status)
  left join facts f on f.person_id = p.id
  where p.authority_id = %(authority)s and (%(people)s::bigint[] is null or p.id = any(%(people)s))
    and (p.date_of_birth is null or p.date_of_birth <= %(born_to)s)
    -- of two records put together after the day one counts
    and (p.merged_into_id is null or p.cohort_status_on <= %(day)s)
), placed as (
  select a.*, case
      when kind is null then 'no_status'
      when kind <> 'primary' and (cohort_status_on is null or cohort_status_on <= %(day)s) then reason_out
      when age is null then 'no_birth_date'
      when age = %(youngest_academic_age)s then 'year_11'
      when age <= %(oldest_without_plan)s then 'tracked_age'
      when age > %(oldest_with_plan)s then 'too_old'
      when plan then 'with_plan' else 'no_plan' end as reason
  from aged a
  where (kind is distinct from 'primary' or cohort_status_on is null or cohort_status_on <= %(day)s)
    and (kind in ('primary', 'guarantee') or kind is null or cohort_status_on >= %(month_start)s)
), standing as (
  select p.*, s.activity_id, s.code, s.neet_since_on,
    s.code <> '' and (s.ends_on is null or s.ends_on >= %(day)s) as goes_on,
    coalesce(s.lapses_on < %(day)s, false) as has_lapsed
  from placed p join {situations} s on s.person_id = p.id
)
select %(authority)s::bigint, %(month)s::date, p.id, p.reason,
  p.reason in ('year_11', 'tracked_age', 'with_plan')
    and p.age between %(youngest_measured)s and %(oldest_measured)s,
  p.age, p.code,
  case when p.goes_on and not p.has_lapsed then coalesce(k.status, 'NOT_KNOWN') else 'NOT_KNOWN' end,
  p.goes_on and p.has_lapsed and k.status is distinct from 'NOT_KNOWN',
  coalesce(p.goes_on and not p.has_lapsed and k.participates, false),
  case when p.goes_on and not p.has_lapsed and k.status = 'NEET' then p.neet_since_on end,
  r.district_id, coalesce(a.establishment_id, e.establishment_id), v.service_id,
  case when p.plan then 'EHCP' when p.support then 'SENS' else '' end,
  p.vulnerable, p.circumstances, p.gender, p.ethnicity,
  case when p.has_guarantee and p.reason in ('year_11', 'tracked_age', 'with_plan', 'guarantee_only')
    and p.age = any(%(owed_ages)s) then coalesce(g.status, '') end
from standing p
left join codes k on k.code = p.code
left join tracking_activity a on a.id = p.activity_id
left join lateral (
  select x.district_id from tracking_residence x where x.person_id = p.id
    and (x.starts_on is null or x.starts_on <= %(day)s) and (x.ends_on is null or x.ends_on >= %(day)s)
  order by x.starts_on desc nulls last, x.id desc limit 1
) r on true
-- where they are, or were last: somebody NEET is counted with the place they came from
left join lateral (
  select x.establishment_id from tracking_activity x
  where a.establishment_id is null and x.person_id = p.id
    and x.establishment_id is not null and x.starts_on <= %(day)s
  order by x.starts_on desc, x.id desc limit 1
) e on true
left join lateral (
  select x.service_id from tracking_responsibility x where x.person_id = p.id and x.service_id is not null
    and x.starts_on <= %(day)s and (x.ends_on is null or x.ends_on >= %(day)s)
  order by x.kind = 'lead' desc, x.starts_on desc, x.id desc limit 1
) v on true
left join tracking_guarantee g
  on g.person_id = p.id and g.year_group = p.age - %(owed_year_below)s
