-- What became of everybody who was in learning at the end of a month and whom the figures still counted so many months
-- later, by month and school: how many there were, how many became NEET or not known, the school's NEET of that day,
-- and how many of each stood among the first of the list made by points.
with judged as (
  select * from unnest(%(months)s::date[], %(lasts)s::date[]) as j (month, last)
), frozen as (
  select f.id, f.month from tracking_freeze f where f.authority_id = %(authority)s and f.replaced_at is null
    and f.month between %(first)s and %(until)s
), schools as (
  select distinct on (a.person_id) a.person_id, a.establishment_id
  from tracking_activity a join tracking_youngperson p on p.id = a.person_id
  where p.authority_id = %(authority)s and a.establishment_id is not null and a.code = any(%(at_school)s)
  order by a.person_id, a.starts_on desc, a.id desc
), troubled as (
  select f.month, r.person_id, r.status
  from frozen f join tracking_monthrecord r on r.freeze_id = f.id and r.month = f.month
  where r.authority_id = %(authority)s and r.is_measured and r.status in ('NEET', 'NOT_KNOWN') and r.person_id is not null
), pool as (
  select j.month, j.last, r.person_id, r.academic_age
  from judged j join frozen f on f.month = j.month
  join tracking_monthrecord r on r.freeze_id = f.id and r.month = f.month
  join frozen g on g.month = j.last
  join tracking_monthrecord s on s.freeze_id = g.id and s.month = g.month and s.person_id = r.person_id
  where r.authority_id = %(authority)s and s.authority_id = %(authority)s and s.is_measured
    and r.status in ('EET', 'COMPULSORY')
), became as (
  select distinct p.month, p.person_id from pool p join troubled t on t.person_id = p.person_id
  where t.month = p.last or (t.status = 'NEET' and t.month > p.month and t.month < p.last)
), placed as (
  select p.month, p.person_id, k.points is not null and row_number() over (
    partition by p.month order by k.points desc nulls last, jsonb_array_length(k.reasons) desc, p.academic_age desc,
    p.person_id) <= %(length)s as is_listed
  from pool p left join caseload_riskpoints k on k.person_id = p.person_id and k.month = p.month
), rates as (
  select j.month, s.establishment_id, avg((t.status = 'NEET')::int) as neet
  from judged j join frozen f on f.month = j.month
  join tracking_monthrecord r on r.freeze_id = f.id and r.month = f.month
  join schools s on s.person_id = r.person_id
  left join troubled t on t.month = j.month and t.person_id = r.person_id and t.status = 'NEET'
  where r.authority_id = %(authority)s and r.is_measured group by j.month, s.establishment_id
)
select p.month, count(*), count(b.person_id), coalesce(max(r.neet), 0)::float,
  count(*) filter (where p.is_listed), count(b.person_id) filter (where p.is_listed)
from placed p
left join became b on b.month = p.month and b.person_id = p.person_id
left join schools s on s.person_id = p.person_id
left join rates r on r.month = p.month and r.establishment_id = s.establishment_id
group by p.month, s.establishment_id
order by p.month
