-- What became of everybody who was in learning at the end of a month and whom the figures still counted so many months
-- later, by month and school: how many there were, how many became NEET or not known, the school's NEET of that day,
-- and how many of each stood among the first of the list made by points.
-- Each step is kept by itself, and asked without nested loops (queries/looking_back.py).
with judged as materialized (
  select * from unnest(%(months)s::date[], %(lasts)s::date[]) as j (month, last)
), records as materialized (
  select r.month, r.person_id, r.academic_age, r.is_measured, r.status
  from tracking_freeze f join tracking_monthrecord r on r.freeze_id = f.id and r.month = f.month
  where f.authority_id = %(authority)s and r.authority_id = %(authority)s and f.replaced_at is null
    and f.month between %(first)s and %(until)s and r.month between %(first)s and %(until)s and r.person_id is not null
), schools as materialized (
  select distinct on (a.person_id) a.person_id, a.establishment_id
  from tracking_activity a join tracking_youngperson p on p.id = a.person_id
  where p.authority_id = %(authority)s and a.establishment_id is not null and a.code = any(%(at_school)s)
  order by a.person_id, a.starts_on desc, a.id desc
), made as materialized (
  select j.last, r.* from judged j join records r on r.month = j.month
), pool as materialized (
  select m.month, m.last, m.person_id, m.academic_age, s.status in ('NEET', 'NOT_KNOWN') as is_troubled
  from made m join records s on s.person_id = m.person_id and s.month = m.last
  where m.status in ('EET', 'COMPULSORY') and s.is_measured
), between_times as materialized (
  select distinct p.month, p.person_id from pool p join records r on r.person_id = p.person_id
  where r.is_measured and r.status = 'NEET' and r.month > p.month and r.month < p.last
), rates as materialized (
  select m.month, s.establishment_id, avg((m.status = 'NEET')::int)::float as neet
  from made m join schools s on s.person_id = m.person_id where m.is_measured group by m.month, s.establishment_id
), placed as materialized (
  select p.*, b.person_id is not null or p.is_troubled as became, k.points is not null and row_number() over (
    partition by p.month order by k.points desc nulls last, jsonb_array_length(k.reasons) desc, p.academic_age desc,
    p.person_id) <= %(length)s as is_listed
  from pool p
  left join between_times b on b.month = p.month and b.person_id = p.person_id
  left join caseload_riskpoints k on k.person_id = p.person_id and k.month = p.month
)
select p.month, count(*), count(*) filter (where p.became), coalesce(max(r.neet), 0),
  count(*) filter (where p.is_listed), count(*) filter (where p.is_listed and p.became)
from placed p
left join schools s on s.person_id = p.person_id
left join rates r on r.month = p.month and r.establishment_id = s.establishment_id
group by p.month, s.establishment_id
order by p.month, s.establishment_id
