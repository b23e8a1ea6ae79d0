-- Whom to look at before the cohort is set: group, person, why in words. Who would be in it is put in by whoever asks.
with coming as materialized ({belonging}),
homes as (
  select distinct on (r.person_id) r.person_id, r.district_id, r.postcode, r.town
  from tracking_residence r join coming c on c.person_id = r.person_id
  where (r.starts_on is null or r.starts_on <= %(today)s) and (r.ends_on is null or r.ends_on >= %(today)s)
  order by r.person_id, r.starts_on desc nulls last, r.id desc
), folded as (
  select p.id, count(*) over (
    partition by tracking_fold(p.given_name || ' ' || p.family_name), p.date_of_birth) as of_that_name
  from tracking_youngperson p
  where p.authority_id = %(authority)s and p.cohort_status = any(%(tracked)s)
    and p.date_of_birth between %(year_12_from)s and %(year_11_to)s
), checks as (
  select distinct on (k.person_id) k.person_id, k.outcome, k.evidence, k.checked_on
  from tracking_residencycheck k where k.year = %(year)s order by k.person_id, k.checked_on desc, k.id desc
)
select 'moved', h.person_id, 'Lives outside our districts'
  || coalesce(': ' || nullif(concat_ws(', ', nullif(h.town, ''), nullif(h.postcode, '')), ''), '')
from homes h where h.district_id is null and h.postcode <> '' and %(has_districts)s
union all
select 'moved', c.person_id, 'Left ' || coalesce(nullif(a.establishment_name, ''), 'a place') || ' on '
  || to_char(a.ends_on, 'FMDD FMMonth YYYY') || ': moved away'
from coming c join lateral (
  select x.ends_on, x.leaving_reason, x.establishment_name from tracking_activity x
  where x.person_id = c.person_id and x.is_primary and x.starts_on <= %(today)s
  order by x.starts_on desc, x.id desc limit 1
) a on a.leaving_reason = %(moved_away)s and a.ends_on is not null
union all
select case k.outcome when 'moved' then 'moved' else 'gone' end, k.person_id,
  case k.outcome when 'moved' then 'Looked up on ' else 'Moved abroad, looked up on ' end
  || to_char(k.checked_on, 'FMDD FMMonth YYYY') || ': ' || k.evidence
from checks k join coming c on c.person_id = k.person_id where k.outcome in ('moved', 'abroad')
union all
select 'twice', f.id, 'Same name and date of birth as another record'
from folded f join coming c on c.person_id = f.id where f.of_that_name > 1
union all
select 'gone', c.person_id, 'Educated outside England by our record'
from coming c join tracking_youngperson p on p.id = c.person_id where p.educated_la = any(%(outside)s)
union all
select 'gone', c.person_id, 'Every number and address is marked as not to be used'
from coming c join lateral (
  select bool_and(t.do_not_use) as silent from tracking_contactpoint t
  where t.person_id = c.person_id and (t.ends_on is null or t.ends_on >= %(today)s)
) t on t.silent
union all
select 'at_home', p.id, case when k.person_id is null then 'Taught at home, not looked up yet'
  else 'Could not be found out on ' || to_char(k.checked_on, 'FMDD FMMonth YYYY') || ': ' || k.evidence end
from tracking_youngperson p
join tracking_activity a on a.person_id = p.id and a.is_primary and a.code = %(at_home)s
  and a.starts_on <= %(today)s and (a.ends_on is null or a.ends_on >= %(today)s)
left join checks k on k.person_id = p.id
where p.authority_id = %(authority)s and p.cohort_status = any(%(primary)s)
  and p.date_of_birth between %(year_11_from)s and %(year_9_to)s
  and coalesce(k.outcome = 'unknown', true)
union all
select 'doubtful', c.person_id, 'Year 11, and no school on the record'
from coming c where c.reason = 'on_no_roll'
union all
select 'doubtful', c.person_id, 'Year 12, and no council recorded for Year 11'
from coming c join tracking_youngperson p on p.id = c.person_id where c.year_group = 12 and p.la_at_year_11 = ''
union all
select 'doubtful', p.id, 'No date of birth, so no year group'
from tracking_youngperson p
where p.authority_id = %(authority)s and p.cohort_status = any(%(primary)s) and p.date_of_birth is null
