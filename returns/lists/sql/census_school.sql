-- One school's newest census beside the register as it stood on its day, by name: who is not on the register, who is there
-- elsewhere, and who is at the school on the register alone.
with newest as (
  select i.id, i.ref, i.as_at from returns_intake i
  where i.authority_id = %(authority)s and i.type = 'census' and i.state in ('confirmed', 'accepted') and i.as_at >= %(since)s
), school as (
  select array_remove(array[number, urn, ukprn], '') as numbers from schools_establishment where id = %(school)s
), named as materialized (
  select r.id, r.number, r.person_id, n.id as intake_id, n.ref, n.as_at, r.clean
  from newest n join returns_intakerow r on r.intake_id = n.id and not r.left_out
  where regexp_replace(coalesce(r.clean ->> 'place_number', ''), '[^0-9]', '', 'g') = any((select numbers from school)::text[])
    and r.clean ->> 'enrolled' is distinct from 'subsidiary'
), here as materialized (
  select * from named where intake_id = (select intake_id from named order by as_at desc, intake_id desc limit 1)
), there as materialized (
  select distinct on (a.person_id) a.person_id, a.establishment_id, a.establishment_name, a.code
  from tracking_activity a join tracking_youngperson y on y.id = a.person_id
  cross join (select max(as_at) as day from here) d
  where y.authority_id = %(authority)s and y.cohort_status = any(%(tracked)s) and a.is_primary
    and a.starts_on <= d.day and (a.ends_on is null or a.ends_on >= d.day)
  order by a.person_id, a.starts_on desc, a.id desc
)
select case when h.person_id is null then 'new' else 'elsewhere' end as part, h.ref, h.number, h.person_id,
  concat_ws(', ', h.clean ->> 'family_name', h.clean ->> 'given_name') as name, coalesce(o.reason, '') as reason,
  coalesce(o.why, '') as why, coalesce(t.establishment_name, '') as place, coalesce(t.code, '') as code
from here h left join returns_notours o on o.row_id = h.id left join there t on t.person_id = h.person_id
where h.person_id is null or t.establishment_id is distinct from %(school)s
union all
select 'not_listed', null, null, t.person_id, '', '', '', t.establishment_name, t.code from there t
where t.establishment_id = %(school)s and exists (select from here) and not exists (select from here h where h.person_id = t.person_id)
union all
select distinct 'census', ref, null::int, null::bigint, '', '', '', as_at::text, '' from here
order by part, name, number, person_id
