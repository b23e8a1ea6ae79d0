-- Puts who was found as it was weighed (temporary table `matching_weighed`) on the rows taken up.
update looked r set found = f.found, person_id = f.person_id, sure = f.sure
from matching_weighed f
where f.row_id = r.id
