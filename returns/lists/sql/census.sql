-- Each school's newest census beside the register as it stood on its day: one line for each school.
with newest as (
  select i.id, i.as_at from returns_intake i
  where i.authority_id = %(authority)s and i.type = 'census' and i.state in ('confirmed', 'accepted') and i.as_at >= %(since)s
), named as materialized (
  select r.id, r.person_id, n.id as intake_id, n.as_at,
    regexp_replace(coalesce(r.clean ->> 'place_number', ''), '[^0-9]', '', 'g') as place_number
  from newest n join returns_intakerow r on r.intake_id = n.id and not r.left_out
  where r.clean ->> 'enrolled' is distinct from 'subsidiary'
), places as materialized (
  select distinct on (m.place_number) m.place_number, m.intake_id, m.as_at, e.id as place_id, e.name
  from (select distinct place_number, intake_id, as_at from named where place_number <> '') m
  join schools_establishment e on m.place_number in (e.number, e.urn, e.ukprn)
  order by m.place_number, m.as_at desc, m.intake_id desc, e.number = m.place_number desc, e.id
), here as materialized (
  select p.place_id, m.id as row_id, m.person_id, p.as_at from named m
  join places p on p.place_number = m.place_number and p.intake_id = m.intake_id
), there as materialized (
  select distinct on (a.person_id) a.person_id, a.establishment_id
  from tracking_activity a join tracking_youngperson y on y.id = a.person_id
  cross join (select min(as_at) as first, max(as_at) as last from places) d
  where y.authority_id = %(authority)s and y.cohort_status = any(%(tracked)s) and a.is_primary
    and a.starts_on <= d.last and (a.ends_on is null or a.ends_on >= d.first)
  order by a.person_id, a.starts_on desc, a.id desc
), counted as (
  select h.place_id, count(*) as names, count(*) filter (where h.person_id is null and o.row_id is null) as missing,
    count(*) filter (where h.person_id is null and o.row_id is not null) as explained,
    count(*) filter (where h.person_id is not null and t.establishment_id is distinct from h.place_id) as elsewhere
  from here h left join returns_notours o on o.row_id = h.row_id left join there t on t.person_id = h.person_id
  group by h.place_id
), beyond as (
  select t.establishment_id as place_id, count(*) as number from there t
  where t.establishment_id in (select place_id from places)
    and not exists (select from here h where h.person_id = t.person_id and h.place_id = t.establishment_id)
  group by t.establishment_id
)
select p.place_id, p.name, p.as_at, c.names, c.missing, c.explained, c.elsewhere, coalesce(b.number, 0)
from (select distinct on (place_id) * from places order by place_id, as_at desc, intake_id desc) p
join counted c on c.place_id = p.place_id left join beyond b on b.place_id = p.place_id order by p.name, p.place_id
