-- Puts who was found as it was weighed (temporary table `matching_weighed`) on the rows taken up, which have to be
-- compared anew by that; whom an officer was to look at before is forgotten.
delete from returns_candidate c using matching_weighed w where c.row_id = w.row_id;
update looked r set found = f.found, person_id = f.person_id, sure = f.sure, outcome = ''
from matching_weighed f
where f.row_id = r.id
