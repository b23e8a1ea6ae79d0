-- The rows of a return that somebody has to be found for, as they are compared: names folded, numbers without spaces.
-- What was found before stays; who was new is looked for again, as the register may know them by now.
drop table if exists matching_waiting, matching_weighed;
create temporary table matching_waiting on commit drop as
select r.id as row_id, r.found, null::bigint as person_id, coalesce(r.clean ->> 'given_name', '') as said,
  tracking_fold(coalesce(r.clean ->> 'family_name', '')) as family_name,
  tracking_fold(coalesce(r.clean ->> 'given_name', '')) as given_name,
  nullif(r.clean ->> 'date_of_birth', '')::date as born,
  upper(replace(coalesce(r.clean ->> 'postcode', ''), ' ', '')) as postcode,
  upper(coalesce(r.clean ->> 'upn', '')) as upn,
  coalesce(r.clean ->> 'uln', '') as uln,
  coalesce(r.clean ->> 'young_person_id', '') as young_person_id
from looked r
where not r.left_out and not r.is_decided and r.found in ('', 'new');
analyze matching_waiting (upn, found)
