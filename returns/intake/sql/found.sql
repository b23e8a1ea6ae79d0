-- Puts who was found, beyond doubt or as it was weighed (temporary table `matching_weighed`), on the rows taken up.
update looked r set found = f.found, person_id = f.person_id, sure = f.sure
from (
  select row_id, 'exact' as found, person_id, 1.0 as sure from matching_waiting where person_id is not null
  union all
  select row_id, found, person_id, sure from matching_weighed
) f
where f.row_id = r.id
