-- Who belongs in the cohort of a September as the register has it on a day: year group, why, who leads, at which place.
-- tracking/rules/guarantee.py (included, led_by) in SQL, for many at once; a test holds them together.
-- Who left the cohort after the day was still in it then; who was found to be somebody else, or died, was not.
with aged as materialized (
  select p.id, p.la_at_year_11, p.educated_la,
    case when p.date_of_birth >= %(year_11_from)s then 11 else 12 end as year_group
  from tracking_youngperson p
  where p.authority_id = %(authority)s and p.date_of_birth between %(year_12_from)s and %(year_11_to)s
    and (%(people)s::bigint[] is null or p.id = any(%(people)s))
    and (p.source = 'loaded' or p.created_at < %(after)s)
    and case when p.cohort_status = any(%(primary)s) then coalesce(p.cohort_status_on <= %(as_at)s, true)
      else p.cohort_status <> all(%(never)s) and p.cohort_status_on > %(as_at)s end
)
select a.id as person_id, a.year_group,
  case when a.year_group = 12 then 'lives_here'
    when s.la_code = %(own)s then 'educated_here'
    when s.la_code <> '' then 'educated_elsewhere'
    when s.code = %(at_home)s then 'taught_at_home'
    else 'on_no_roll' end as reason,
  case when a.year_group = 12 then %(own)s
    when a.la_at_year_11 = any(%(councils)s) then a.la_at_year_11
    when a.educated_la = any(%(councils)s) then a.educated_la
    when s.la_code = any(%(councils)s) then s.la_code
    else %(own)s end as led_by,
  s.establishment_id
from aged a
left join lateral (
  select x.establishment_id, x.code, coalesce(e.la_code, '') as la_code
  from tracking_activity x left join schools_establishment e on e.id = x.establishment_id
  where x.person_id = a.id and x.is_primary and x.starts_on <= %(as_at)s
    and (x.ends_on is null or x.ends_on >= %(as_at)s)
  order by x.starts_on desc, x.id desc limit 1
) s on true
