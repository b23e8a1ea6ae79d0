-- What somebody has to do now that a place was lost, and what an offer made has answered.

-- offer_tasks_answered
with closed as (
  update tracking_task t set done_at = %(at)s, done_by_id = %(by)s, outcome = %(answered)s
  where t.done_at is null and t.kind = %(offer_task)s and t.owner_id is null
    and t.person_id in (select person_id from offered) and exists (
      select from tracking_offer o join unnest(%(offer_stages)s::text[], %(offer_settled)s::bool[]) s (code, settled)
        on s.code = o.stage
      where o.person_id = t.person_id and s.settled and {september_of} = %(september)s)
  returning 1
) select count(*) from closed

-- offer_tasks_opened
-- Once for each young person, of the place heard of last; nobody has to act while another offer stands.
with called_for as (
  select distinct on (f.person_id) f.person_id, format('%%s (%%s). %%s', s.words, f.place, s.to_do) as words
  from offered f
  join unnest(%(offer_stages)s::text[], %(offer_words)s::text[], %(offer_to_do)s::text[]) s (code, words, to_do)
    on s.code = f.new_stage
  where not f.is_known and s.to_do <> '' and not exists (
    select from tracking_offer o join unnest(%(offer_stages)s::text[], %(offer_settled)s::bool[]) k (code, settled)
      on k.code = o.stage
    where o.person_id = f.person_id and k.settled and {september_of} = %(september)s)
  order by f.person_id, f.line desc
), opened as (
  insert into tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
  select %(authority)s, c.person_id, %(offer_task)s, left(c.words, 240), %(cause)s, %(due_on)s, %(now)s, ''
  from called_for c
  where not exists (select from tracking_task t where t.person_id = c.person_id and t.kind = %(offer_task)s
    and t.done_at is null)
  on conflict do nothing
  returning 1
) select count(*) from opened

-- offered_away
drop table offered, spoken
