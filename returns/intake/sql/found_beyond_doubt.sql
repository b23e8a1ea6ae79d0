-- Puts who was found beyond doubt on the rows taken up.
update looked r set found = 'exact', person_id = w.person_id, sure = 1.0
from matching_waiting w
where w.row_id = r.id and w.person_id is not null
