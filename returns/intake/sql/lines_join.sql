-- The lines put aside are whoever their first line is, in doubt where that one is.
update looked r set left_out = false, person_id = f.person_id, found = f.found, sure = f.sure
from later_lines l join looked f on f.id = l.first_id where r.id = l.id;
delete from returns_candidate where row_id in (select id from later_lines);
insert into returns_candidate (row_id, person_id, sure, levels, verdict)
select l.id, c.person_id, c.sure, c.levels, c.verdict
from later_lines l join returns_candidate c on c.row_id = l.first_id
