-- Everybody of the age on the list's day, and why they are in the survey: one row a person, `basis` empty where they
-- are not, `left_out` why. By age, as the school leaving age is; who died, or is another record's double, is nobody.
with letters as (
  select * from unnest(%(letters)s::text[], %(kinds)s::text[]) as l (letter, kind)
), aged as (
  select p.id, p.la_at_year_11, p.educated_la,
    case when p.date_of_birth between %(year_11_from)s and %(year_11_to)s then 11 else 12 end as year_group,
    -- who moved away after the day still lived here on it
    coalesce(l.kind in ('primary', 'guarantee') and (p.cohort_status_on is null or p.cohort_status_on <= %(list_on)s)
      or l.kind not in ('primary', 'guarantee') and p.cohort_status_on > %(list_on)s, false) as lived_here
  from tracking_youngperson p left join letters l on l.letter = p.cohort_status
  where p.authority_id = %(authority)s and p.cohort_status <> all(%(nobody)s)
    and (p.date_of_birth between %(year_11_from)s and %(year_11_to)s
      or %(is_local)s and p.date_of_birth between %(year_12_from)s and %(year_12_to)s)
), there as (
  select g.*, a.code, a.establishment_id,
    coalesce(e.la_code, nullif(g.la_at_year_11, ''), nullif(g.educated_la, ''),
      case when g.lived_here then %(la_code)s end) as taught_by
  from aged g
  left join lateral (
    select x.code, x.establishment_id from tracking_activity x
    where x.person_id = g.id and x.is_primary and x.starts_on <= %(list_on)s
      and (x.ends_on is null or x.ends_on >= %(list_on)s)
    order by x.starts_on desc, x.id desc limit 1
  ) a on true
  left join schools_establishment e on e.id = a.establishment_id
), judged as (
  select t.*, case
      when %(is_local)s then case when lived_here then 'resident' else '' end
      when code = any(%(custody)s) then case when taught_by = %(la_code)s then 'custody' else '' end
      when code = any(%(no_roll)s) then case when lived_here then 'no_roll' else '' end
      when code is null then case when la_at_year_11 = %(la_code)s then 'school' else '' end
      when taught_by = %(la_code)s then 'school' else '' end as basis
  from there t
)
select j.id as person_id, j.year_group, j.basis, j.establishment_id, r.district_id,
  case when j.basis <> '' then ''
    when not j.lived_here then 'not_ours'
    when j.code is null and j.la_at_year_11 = '' then 'nowhere' else 'elsewhere' end as left_out
from judged j
left join lateral (
  select x.district_id from tracking_residence x where x.person_id = j.id
    and (x.starts_on is null or x.starts_on <= %(on)s) and (x.ends_on is null or x.ends_on >= %(on)s)
  order by x.starts_on desc nulls last, x.id desc limit 1
) r on true
