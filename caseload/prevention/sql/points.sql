-- The factors that hold on a day for everybody of a council in the years at risk: person, year group, their codes.
-- What an institution passed on about somebody who objects to that is not read, so it does not count.
with factors as (
  select f.code, f.source, r.value
  from jsonb_to_recordset(%(factors)s::jsonb) as f (code text, source text, reads text[]), unnest(f.reads) as r (value)
), people as (
  select p.id, p.intended_destination, p.id = any(%(objectors)s::bigint[]) as objects,
    (%(academic_year)s - extract(year from p.date_of_birth) - (extract(month from p.date_of_birth) > 8)::int)::int - 4
      as year_group
  from tracking_youngperson p
  where p.authority_id = %(authority)s and p.date_of_birth between %(born_from)s and %(born_to)s
    and p.restricted_on is null
    and (p.cohort_status = any(%(letters)s) or p.cohort_status_on > %(day)s)
    and (%(people)s::bigint[] is null or p.id = any(%(people)s))
), standing as (
  select s.person_id, s.activity_id, s.code from {situations} s join people p on p.id = s.person_id
  where s.code <> '' and (s.ends_on is null or s.ends_on >= %(day)s)
), facts as (
  select c.person_id, 'characteristic' as source, c.code::text as value
  from tracking_characteristic c join people p on p.id = c.person_id
  where (c.starts_on is null or c.starts_on <= %(day)s) and (c.ends_on is null or c.ends_on >= %(day)s)
    and not (p.objects and c.source = %(institution)s)
  union all
  select s.person_id, 'activity', s.code from standing s
  union all
  select a.person_id, 'earlier activity', a.code from tracking_activity a join people p on p.id = a.person_id
  where a.is_primary and a.ends_on < %(day)s and a.ends_on >= %(since)s
  union all
  select s.person_id, 'kind of place', e.kind from standing s
  join tracking_activity a on a.id = s.activity_id join schools_establishment e on e.id = a.establishment_id
  union all
  select p.id, 'intended destination', p.intended_destination from people p
  union all
  select g.person_id, 'guarantee', g.status from tracking_guarantee g join people p on p.id = g.person_id
  where g.year_group = p.year_group
  union all
  select f.person_id, 'said', f.factor from caseload_riskfact f join people p on p.id = f.person_id
  where f.said_on between %(since)s and %(day)s and (f.until is null or f.until > %(day)s)
    and not (p.objects and f.establishment_id is not null)
)
select p.id, p.year_group, array_agg(distinct f.code)
from facts x join factors f on f.source = x.source and f.value = x.value join people p on p.id = x.person_id
group by p.id, p.year_group
