-- What it means for figures and tasks, and which rows are done.

-- noted_for_figures
with told as (
  select set_config('neet.stir', '', true)
), noted as (
  insert into tracking_stirred
  select distinct p.authority_id, p.id from arriving r join tracking_youngperson p on p.id = r.person_id
  returning 1
) select count(*) from noted, told

-- tasks_replaced
-- An earlier version of this return asked already; whoever took that task up keeps it.
with closed as (
  update tracking_task t set done_at = %(at)s, done_by_id = %(by)s, outcome = %(replaced)s
  where t.cause = any(%(earlier)s) and t.done_at is null and t.owner_id is null and %(rows)s::bigint[] is null
    and not %(joins)s  -- a later file of leavers speaks of others
  returning 1
) select count(*) from closed

-- tasks_answered
with closed as (
  update tracking_task t set done_at = %(at)s, done_by_id = %(by)s, outcome = %(answered)s
  from deeds d
  where d.person_id = t.person_id and d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'open')
    and t.done_at is null and t.kind = any(%(asked)s) and t.cause like 'intake:%%'
  returning 1
) select count(*) from closed

-- tasks_opened
with called_for as (
  select d.person_id, 'left' as kind, format('Left %%s on %%s. Find out what they are doing now', %(place)s,
      to_char(coalesce(r.left_on, d.day), 'FMDD FMMonth YYYY'))
      || coalesce('. Their last known plan: ' || nullif(r.said ->> 'next_step', ''), '') as words
  from deeds d join arriving r on r.place = d.place
  where d.why is null and (d.does = 'leave' or d.does = 'open' and r.left_on is not null)
  union all
  select m.person_id, 'not_returned', format('Not on the return of %%s. Find out where they are', %(place)s)
  from returns_missing m
  where m.intake_id = %(intake)s and m.answer in ('', 'not_ours') and %(rows)s::bigint[] is null
  union all
  select d.person_id, 'return_differs', format('The return of %%s says something else: %%s', %(place)s, w.why)
  from deeds d join unnest(%(kinds)s::text[], %(whys)s::text[]) as w (kind, why) on w.kind = d.why
  where d.why in ('gone', 'same_day', 'something_since') and d.person_id is not null
), opened as (
  insert into tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
  select %(authority)s, c.person_id, c.kind, left(c.words, 240), %(cause)s, %(due_on)s, %(now)s, ''
  from called_for c
  where not exists (select from tracking_task t where t.person_id = c.person_id and t.kind = c.kind and t.done_at is null
                    and t.cause = any(%(earlier)s))
  on conflict do nothing
  returning 1
) select count(*) from opened

-- rows_applied
with applied as (
  update returns_intakerow t set applied_event = %(event)s, person_id = r.person_id,
    outcome = case when r.is_new then 'new_person' when t.outcome = 'doubtful' then case d.does
      when 'open' then 'new_here' when 'leave' then 'left' else 'continuing' end else t.outcome end
  from arriving r join deeds d on d.place = r.place
  where r.row_id = t.id and d.why is null
  returning 1
) select count(*) from applied

-- people
select array_agg(distinct person_id) from deeds where why is null and person_id is not null
