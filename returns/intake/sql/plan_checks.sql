-- A learner of 20 or over is on a college's return only with an EHC plan: what it says is checked against the council's own
-- list of plans, once one was brought in (R14).
insert into found (number, of_column, kind, severity, value, why, fix)
select r.number, 'has_plan', 'plan_not_listed', 'query', 'Yes',
  'They were 20 or over when the course began, and we know of no EHC plan for them.',
  'Write No, correct the dates, or say which council keeps the plan.'
from looked r left join tracking_youngperson p on p.id = r.person_id
where not r.left_out and r.clean ->> 'has_plan' = 'Y'
  and extract(year from age(least(coalesce(nullif(r.clean ->> 'starts_on', '')::date, %(day)s), %(day)s),
    coalesce(nullif(r.clean ->> 'date_of_birth', '')::date, p.date_of_birth))) > %(oldest_without_plan)s
  and exists (select from returns_intake i where i.authority_id = %(authority)s and i.type = 'plans'
    and i.state in ('confirmed', 'accepted'))
  and not exists (select from tracking_characteristic c where c.person_id = r.person_id and c.code = %(plan)s
    and (c.starts_on is null or c.starts_on <= %(day)s) and (c.ends_on is null or c.ends_on >= %(day)s))
