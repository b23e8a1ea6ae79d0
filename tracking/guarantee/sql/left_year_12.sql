-- Who is in Year 12 by age on a day, left a course of this school year before its time, is in no learning now, and has
-- no offer since (R108): the person, the day they left, and where. A course without an expected end ends from June on.
select distinct on (p.id) p.id as person_id, a.ends_on, coalesce(nullif(e.name, ''), a.establishment_name) as place
from tracking_youngperson p
join tracking_activity a on a.person_id = p.id and a.is_primary and a.code = any(%(learning)s)
  and a.ends_on between %(year_start)s and %(day)s - 1
  and a.ends_on < coalesce(a.predicted_end_on, %(summer)s)
left join schools_establishment e on e.id = a.establishment_id
left join tracking_guarantee g on g.person_id = p.id and g.year_group = 12
where p.authority_id = %(authority)s and p.date_of_birth between %(born_from)s and %(born_to)s
  and p.cohort_status = any(%(primary)s)
  and not exists (
    select from tracking_activity x where x.person_id = p.id and x.is_primary and x.code = any(%(learning)s)
      and x.starts_on <= %(day)s and (x.ends_on is null or x.ends_on >= %(day)s))
  and not exists (
    select from tracking_offer o where o.person_id = p.id and o.stage = any(%(counting)s) and o.said_on >= a.ends_on)
  and not coalesce(g.status = any(%(offers)s) and g.status_on >= a.ends_on, false)
order by p.id, a.ends_on desc, a.id desc
