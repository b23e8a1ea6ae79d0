-- What the council's own calls came to lately: by whose number and hours, and by who was asked.
select n.whose, t.asked,
  width_bucket(extract(hour from t.tried_at at time zone %(zone)s)::int, %(bounds)s::int[]) as band,
  count(*), count(*) filter (where t.reached), count(*) filter (where t.learned)
from caseload_attempt t
join tracking_youngperson p on p.id = t.person_id
left join tracking_contactpoint n on n.id = t.contact_point_id
where p.authority_id = any(%(authorities)s) and t.tried_at >= %(looked_back)s and t.channel = %(telephone)s
group by n.whose, t.asked, band
