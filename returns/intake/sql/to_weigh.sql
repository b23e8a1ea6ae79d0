-- The rows nobody was found for beyond doubt, and of all those found so a sample that stands for them, always the same.
with waiting as (
  select row_id, null::bigint as person_id, 1.0::float as stands_for from matching_waiting
  where person_id is null and found = ''
), sure as (
  select row_id, person_id from matching_waiting where person_id is not null
  union all
  select id, person_id from looked
  where not left_out and person_id is not null and found in ('exact', 'preset')
), sample as (
  select row_id, person_id, count(*) over () / least(count(*) over (), %(sample)s)::float as stands_for from sure
  where exists (select from waiting)
  order by hashint8(row_id), row_id limit %(sample)s
)
select wanted.row_id, wanted.person_id, wanted.stands_for, r.clean
from (select * from waiting union all select * from sample) wanted
join looked r on r.id = wanted.row_id
order by wanted.row_id
