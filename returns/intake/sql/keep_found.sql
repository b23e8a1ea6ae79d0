-- Keeps who was found for the rows taken up on the rows of the return.
update returns_intakerow r set found = l.found, person_id = l.person_id, sure = l.sure from looked l
where l.id = r.id and (r.found, r.person_id, r.sure) is distinct from (l.found, l.person_id, l.sure)
