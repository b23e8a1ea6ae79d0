-- The numbers that may be rung, and how often each was, by the hours of the day.
with wanted as materialized ({wanted}), points as materialized (
  select n.id, n.person_id, n.whose from ({points}) n join wanted w on w.id = n.person_id
)
select n.id, n.person_id, n.whose, max(t.day) as tried_on,
  count(*) filter (where t.band = 0) as tried_0,
  count(*) filter (where t.band = 1) as tried_1,
  count(*) filter (where t.band = 2) as tried_2,
  count(*) filter (where t.band = 3) as tried_3,
  count(*) filter (where t.band = 0 and t.reached) as answered_0,
  count(*) filter (where t.band = 1 and t.reached) as answered_1,
  count(*) filter (where t.band = 2 and t.reached) as answered_2,
  count(*) filter (where t.band = 3 and t.reached) as answered_3
from points n
left join (
  select a.contact_point_id, a.reached, (a.tried_at at time zone %(zone)s)::date as day,
    width_bucket(extract(hour from a.tried_at at time zone %(zone)s)::int, %(bounds)s::int[]) as band
  from caseload_attempt a join points x on x.id = a.contact_point_id
  where a.tried_at >= %(looked_back)s and a.channel = %(telephone)s
) t on t.contact_point_id = n.id
group by n.id, n.person_id, n.whose
order by n.person_id, n.id
