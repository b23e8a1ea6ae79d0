-- What follows once the acts of a return are undone.

-- rows_kept
-- Who stays on the register stays on the row.
update returns_intakerow r set person_id = g.person_id, found = g.found
from let_go g where g.row_id = r.id and exists (select from tracking_youngperson p where p.id = g.person_id)
