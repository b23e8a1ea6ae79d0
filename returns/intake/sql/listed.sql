-- The rows taken up as the comparison needs them, as a table of its own: fresh rows are not in the statistics of the
-- large table, and a comparison planned for one row takes minutes for fifteen thousand.
drop table if exists listed;
create temp table listed on commit drop as
select r.id, r.number, r.person_id, r.left_out, r.found, r.sure, r.outcome, r.seen, r.is_new,
  nullif(r.clean ->> 'left_on', '')::date as left_on, coalesce(r.clean ->> 'activity', '') as code,
  nullif(r.clean ->> 'starts_on', '')::date as starts_on, coalesce(r.clean ->> 'now_doing', '') as now_doing,
  r.id in (
    select x.row_id from returns_problem x
    where x.intake_id = %(intake)s and x.severity = 'error' and x.row_id is not null) as is_stopped
from looked r;
-- Of a return looked at in part only the rows that may come to something else are compared.
delete from listed where %(only)s::int is not null
  and number <> %(only)s and outcome <> '' and is_stopped = (outcome = 'stopped');
analyze listed
