-- Whom two sets of records of one day count differently: who came, who went, whose activity, status or place in the
-- cohort is another. An empty side: not in those records.
select coalesce(was.person_id, now.person_id) as person_id,
  coalesce(was.code, '') as was_code, coalesce(was.status, '') as was_status, coalesce(was.reason, '') as was_reason,
  coalesce(now.code, '') as is_code, coalesce(now.status, '') as is_status, coalesce(now.reason, '') as is_reason
from ({was}) was full join ({now}) now on now.person_id = was.person_id
where (was.code, was.status, was.reason, was.is_measured, was.participates)
  is distinct from (now.code, now.status, now.reason, now.is_measured, now.participates)
order by 1
