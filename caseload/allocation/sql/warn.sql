-- Opens a task for each case whose support changes on a day soon; one that was opened for that day before, done or not,
-- is not opened again. Whoever answered us in these weeks might be kept, and the words say so.
insert into tracking_task (authority_id, person_id, kind, words, cause, service_id, owner_id, due_on, opened_at, outcome)
select %(authority)s, c.person_id, %(kind)s,
  x.words || case when heard.verified_on is null then '' else %(heard)s || to_char(heard.verified_on, 'FMDD FMMonth') || '.' end,
  x.cause, c.service_id, c.worker_id, x.due_on, neet_moment(), ''
from jsonb_to_recordset(%(cases)s::jsonb) as x (id bigint, words text, cause text, due_on date)
join caseload_case c on c.id = x.id
left join lateral (
  select max(y.verified_on) as verified_on from tracking_confirmation y join tracking_activity a on a.id = y.activity_id
  where a.person_id = c.person_id and y.source in ('young_person', 'parent') and y.verified_on > %(since)s
    and y.voids_id is null and not exists (select from tracking_confirmation z where z.voids_id = y.id)
) heard on true
where not exists (
  select from tracking_task t where t.person_id = c.person_id and t.kind = %(kind)s and t.cause = x.cause)
order by c.id
