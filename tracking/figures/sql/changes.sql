-- Whom two freezes of one month count differently: who came, who went, whose activity, status or place in the cohort
-- is another.
insert into tracking_freezechange
  (freeze_id, person_id, was_code, was_status, was_reason, is_code, is_status, is_reason)
select %(after)s, coalesce(was.person_id, now.person_id),
  coalesce(was.code, ''), coalesce(was.status, ''), coalesce(was.reason, ''),
  coalesce(now.code, ''), coalesce(now.status, ''), coalesce(now.reason, '')
from (select * from tracking_monthrecord where freeze_id = %(before)s and month = %(month)s
      and person_id is not null) was
full join (select * from tracking_monthrecord where freeze_id = %(after)s and month = %(month)s) now
  on now.person_id = was.person_id
where (was.code, was.status, was.reason, was.is_measured, was.participates)
  is distinct from (now.code, now.status, now.reason, now.is_measured, now.participates)
order by 2
