-- Before and after the acts of a return are undone. Named steps in one transaction; each answers with a number.

-- newcomers
-- Whom the return put on the register. Rows that only wait, here or on other returns, let go of them.
create temp table newcomers on commit drop as
select h.id as person_id from tracking_youngperson_history h
where h.event_id = any(%(events)s) and not exists (
  select from tracking_youngperson_history b where b.id = h.id and b.history_id < h.history_id)

-- answers_removed
-- What a school said of who left it and nobody has confirmed yet; what an earlier return of theirs said too stays.
delete from tracking_claim c using returns_intakerow r
where r.applied_event = any(%(events)s) and c.person_id = r.person_id and c.state = 'open' and c.channel = %(answers)s
  and c.code = coalesce(r.clean ->> 'now_doing', '') and c.place = coalesce(r.clean ->> 'now_at', '')
  and not exists (
    select from returns_intakerow o join returns_intake i on i.id = o.intake_id
    where o.person_id = c.person_id and o.intake_id <> %(intake)s and o.applied_event is not null
      and i.state = any(%(applied)s) and o.clean ->> 'now_doing' = c.code and coalesce(o.clean ->> 'now_at', '') = c.place)

-- rows_let_go
create temp table let_go on commit drop as
select r.id as row_id, r.person_id, r.found from returns_intakerow r join returns_intake i on i.id = r.intake_id
where r.person_id in (select person_id from newcomers)
  and (i.id = %(intake)s or i.state <> all(%(applied)s) or r.applied_event is null)

-- rows_without
update returns_intakerow r set person_id = null, found = case when r.intake_id = %(intake)s then r.found else '' end
from let_go g where g.row_id = r.id

-- candidates_gone
delete from returns_candidate where person_id in (select person_id from newcomers)

-- missing_gone
delete from returns_missing m using returns_intake i
where i.id = m.intake_id and m.person_id in (select person_id from newcomers) and i.state <> all(%(applied)s)

-- tasks_opened_again
update tracking_task t set done_at = null, done_by_id = null, outcome = ''
where t.done_at = any(%(moments)s) and t.outcome = any(%(outcomes)s) and t.authority_id = %(authority)s
  and not exists (
    select from tracking_task o where o.person_id = t.person_id and o.kind = t.kind and o.cause = t.cause
      and o.done_at is null)

-- tasks_removed
delete from tracking_task t
where t.done_at is null and t.owner_id is null and (
  t.cause = %(cause)s
  or t.person_id in (select person_id from newcomers) and t.kind = any(%(swept)s))
