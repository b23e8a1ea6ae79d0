-- Puts who was found beyond doubt on the rows taken up, which have to be compared anew by that.
update looked r set found = 'exact', person_id = w.person_id, sure = 1.0, outcome = ''
from matching_waiting w
where w.row_id = r.id and w.person_id is not null
