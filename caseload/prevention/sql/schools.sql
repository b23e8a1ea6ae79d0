-- Of each school's leavers of the chosen years: how many there were, how many were NEET and how many not known at the
-- end of the month their year is looked at in. A school is the one of Year 11, wherever they went afterwards.
with looked_at as (
  select * from unnest(%(freezes)s::bigint[], %(months)s::date[]) as l (freeze_id, month)
), schools as materialized (
  select distinct on (a.person_id) a.person_id, a.establishment_id
  from tracking_activity a join tracking_youngperson p on p.id = a.person_id
  where p.authority_id = %(authority)s and a.establishment_id is not null and a.code = any(%(at_school)s)
  order by a.person_id, a.starts_on desc, a.id desc
), leavers as materialized (
  select r.person_id, r.status from looked_at l join tracking_monthrecord r on r.freeze_id = l.freeze_id and r.month = l.month
  where r.authority_id = %(authority)s and r.is_measured and r.academic_age = %(age)s and r.status <> 'EXCLUDED'
)
select s.establishment_id, e.name, count(*), count(*) filter (where v.status = 'NEET'),
  count(*) filter (where v.status = 'NOT_KNOWN')
from leavers v join schools s on s.person_id = v.person_id join schools_establishment e on e.id = s.establishment_id
group by s.establishment_id, e.name
