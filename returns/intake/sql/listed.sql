-- The rows taken up as the comparison needs them, as a table of its own: fresh rows are not in the statistics of the
-- large table, and a comparison planned for one row takes minutes for fifteen thousand.
drop table if exists listed;
create temp table listed on commit drop as
select r.id, r.number, r.person_id, r.left_out, r.found, r.sure, r.outcome, r.seen, r.is_new,
  nullif(r.clean ->> 'left_on', '')::date as left_on, coalesce(r.clean ->> 'activity', '') as code,
  exists (select from returns_problem x where x.row_id = r.id and x.severity = 'error') as is_stopped
from looked r;
analyze listed
