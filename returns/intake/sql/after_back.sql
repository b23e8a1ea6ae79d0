-- What follows once the acts of a return are undone.

-- rows_kept
-- Who stays on the register stays on the row.
update returns_intakerow r set person_id = g.person_id, found = g.found
from let_go g where g.row_id = r.id and exists (select from tracking_youngperson p where p.id = g.person_id)

-- tasks_opened_again
update tracking_task t set done_at = null, done_by_id = null, outcome = ''
where t.done_at = any(%(moments)s) and t.outcome = any(%(outcomes)s) and t.authority_id = %(authority)s
  and not exists (
    select from tracking_task o where o.person_id = t.person_id and o.kind = t.kind and o.cause = t.cause
      and o.done_at is null)
