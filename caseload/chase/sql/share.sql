-- Who tracks whom follows what was shared out: named steps, run in this order in one transaction.

-- moved_today
-- What began today with another officer is that officer's no longer: a change of mind on the first day.
update tracking_responsibility r set user_id = g.officer
from unnest(%(people)s::bigint[], %(officers)s::bigint[]) as g (person, officer)
where r.person_id = g.person and r.kind = 'tracking' and r.ends_on is null and r.user_id is not null
  and r.starts_on >= %(day)s and r.user_id <> g.officer
  and not exists (
    select from tracking_responsibility o where o.person_id = g.person and o.kind = 'tracking' and o.user_id = g.officer
      and o.ends_on is null)

-- ended
update tracking_responsibility r set ends_on = greatest(r.starts_on, %(day)s::date - 1)
from unnest(%(people)s::bigint[], %(officers)s::bigint[]) as g (person, officer)
where r.person_id = g.person and r.kind = 'tracking' and r.user_id <> g.officer
  and (r.ends_on is null or r.ends_on >= %(day)s)

-- begun
insert into tracking_responsibility (person_id, user_id, kind, starts_on)
select g.person, g.officer, 'tracking', %(day)s
from unnest(%(people)s::bigint[], %(officers)s::bigint[]) as g (person, officer)
where not exists (
  select from tracking_responsibility r where r.person_id = g.person and r.kind = 'tracking' and r.user_id = g.officer
    and r.ends_on is null)
order by g.person
