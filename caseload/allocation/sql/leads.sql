-- Who leads follows the cases: named steps, run in this order in one transaction, for some cases (their ids).

-- ended
-- Whoever led before stops the day before; never before they began.
update tracking_responsibility r set ends_on = greatest(r.starts_on, %(day)s::date - 1)
from caseload_case c
where c.id = any(%(cases)s) and c.state = 'allocated' and c.offer <> 'minimal'
  and r.person_id = c.person_id and r.kind = 'lead' and (r.ends_on is null or r.ends_on >= %(day)s)
  and r.service_id is distinct from c.service_id

-- handed_back
-- Where nothing more is offered the lead ends that the month's work began; tracking goes on for everybody.
update tracking_responsibility r set ends_on = greatest(r.starts_on, %(day)s::date - 1)
from caseload_case c
where c.id = any(%(cases)s) and c.state in ('allocated', 'handed_back') and c.offer = 'minimal'
  and r.person_id = c.person_id and r.kind = 'lead' and r.ends_on is null
  and exists (
    select from caseload_case p where p.person_id = r.person_id and p.service_id = r.service_id
      and (p.offer <> 'minimal' or p.state = 'handed_back'))

-- begun
insert into tracking_responsibility (person_id, service_id, user_id, kind, starts_on)
select c.person_id, c.service_id, c.worker_id, 'lead', %(day)s
from caseload_case c
where c.id = any(%(cases)s) and c.state = 'allocated' and c.offer <> 'minimal'
  and not exists (
    select from tracking_responsibility r where r.person_id = c.person_id and r.kind = 'lead' and r.ends_on is null)
order by c.person_id

-- workers
update caseload_case c set worker_id = r.user_id
from tracking_responsibility r
where c.id = any(%(cases)s) and c.state = 'allocated' and r.person_id = c.person_id and r.kind = 'lead'
  and r.ends_on is null and r.service_id = c.service_id and c.worker_id is distinct from r.user_id

-- left_behind
-- The lead of those who were somebody's case and are in learning or work when the next month opens.
update tracking_responsibility r set ends_on = greatest(r.starts_on, %(day)s::date - 1)
from caseload_case c
where c.id = any(%(cases)s) and c.state = 'moved_on'
  and r.person_id = c.person_id and r.kind = 'lead' and r.ends_on is null and r.service_id = c.service_id
