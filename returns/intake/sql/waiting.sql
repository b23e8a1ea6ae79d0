-- The rows of a return that somebody has to be found for, as they are compared: names folded, numbers without spaces.
-- What was found before stays; who was new is looked for again, as the register may know them by now. Each different
-- name is folded once, which takes its time.
drop table if exists matching_waiting, matching_weighed;
create temporary table matching_waiting on commit drop as
with said as materialized (
  select r.id as row_id, r.found, coalesce(r.clean ->> 'family_name', '') as family_name,
    coalesce(r.clean ->> 'given_name', '') as given_name,
    nullif(r.clean ->> 'date_of_birth', '')::date as born,
    upper(replace(coalesce(r.clean ->> 'postcode', ''), ' ', '')) as postcode,
    upper(coalesce(r.clean ->> 'upn', '')) as upn,
    coalesce(r.clean ->> 'uln', '') as uln,
    coalesce(r.clean ->> 'young_person_id', '') as young_person_id
  from looked r
  where not r.left_out and not r.is_decided and r.found in ('', 'new')
), folded as materialized (
  select name, tracking_fold(name) as folded
  from (select family_name as name from said union select given_name from said) names
)
select s.row_id, s.found, null::bigint as person_id, s.given_name as said, f.folded as family_name,
  g.folded as given_name, s.born, s.postcode, s.upn, s.uln, s.young_person_id
from said s join folded f on f.name = s.family_name join folded g on g.name = s.given_name;
analyze matching_waiting (upn, found)
