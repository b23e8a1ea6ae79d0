-- The rows of a return as they are taken up: who they are of and what they say.

-- planned_for
-- For this transaction: a register lies in memory, so that the people of a return are fetched from it one
-- by one, not by reading what everybody does; and what is sorted and hashed stays in memory too.
select count(*) from (
  select set_config('random_page_cost', '1.1', true), set_config('work_mem', '64MB', true)) told

-- rows_taken
create temp table arriving on commit drop as
with said as (
  select r.id as row_id, r.number, r.person_id, r.decided_at is not null as is_decided, r.clean,
    r.sent || r.fixed || r.clean as told,
    coalesce(r.clean ->> 'objection' = 'Y' or r.clean ->> 'assent' = 'N', false) as objects_now
  from returns_intakerow r
  where r.intake_id = %(intake)s and not r.left_out and r.applied_event is null and r.outcome = any(%(outcomes)s)
    and (%(rows)s::bigint[] is null or r.id = any(%(rows)s))
), minded as materialized (
  -- Kept as they are, these two steps are asked once a row; written out where they are used they would be asked once
  -- for every column.
  select s.*, s.objects_now or s.person_id in (
    {objecting}) as objects
  from said s
), kept as materialized (
  select *, case when objects then clean - %(dropped)s::text[] else clean end as v,
    case when objects then (
      select count(*) from jsonb_each_text(told) e where e.key = any(%(dropped)s) and e.value <> '') else 0 end as withheld
  from minded
)
select row_number() over (order by number) as place, row_id, null::text as answer, number, person_id,
  person_id is null as is_new, is_decided, objects_now, coalesce(objects, false) as objects, withheld,
  coalesce(x.family_name, '') as family_name, coalesce(x.given_name, '') as given_name,
  coalesce(x.middle_name, '') as middle_name, nullif(x.date_of_birth, '')::date as born,
  coalesce(x.gender, '') as gender, coalesce(x.upn, '') as upn, coalesce(x.uln, '') as uln,
  coalesce(x.line_1, '') as line_1, coalesce(x.line_2, '') as line_2, coalesce(x.town, '') as town,
  coalesce(x.postcode, '') as postcode, coalesce(x.telephone, '') as telephone,
  coalesce(x.mobile, '') as mobile, coalesce(x.email, '') as email,
  coalesce(x.parent_name, '') as parent_name, coalesce(x.parent_telephone, '') as parent_telephone,
  coalesce(x.parent_email, '') as parent_email, coalesce(x.activity, '') as code,
  coalesce(x.course, '') as course, coalesce(x.destination, '') as destination,
  nullif(x.starts_on, '')::date as starts_on, nullif(x.predicted_end_on, '')::date as predicted_end_on,
  nullif(x.left_on, '')::date as left_on, coalesce(x.has_plan, '') as has_plan, v as said
from kept cross join lateral jsonb_to_record(v) as x (
  family_name text, given_name text, middle_name text, date_of_birth text, gender text, upn text, uln text, line_1 text,
  line_2 text, town text, postcode text, telephone text, mobile text, email text, parent_name text,
  parent_telephone text, parent_email text, activity text, course text, destination text, starts_on text,
  predicted_end_on text, left_on text, has_plan text)
union all
select 1000000 + row_number() over (order by m.id), null, m.answer, null, m.person_id,
  false, false, false, false, 0, '', '', '', null, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
  m.destination, null, null, m.left_on, '', '{}'::jsonb
from returns_missing m
where m.intake_id = %(intake)s and m.answer in ('still_here', 'left', 'never_came') and %(rows)s::bigint[] is null

-- people_held
-- Officers' edits of the same people wait until this is over, and the other way round.
select count(*) from (
  select p.id from tracking_youngperson p where p.id in (select person_id from arriving) order by p.id
  for no key update) held

-- measured
analyze arriving (place, person_id, row_id)
