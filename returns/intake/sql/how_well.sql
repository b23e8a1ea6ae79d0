-- By month in which a return went into the register and by how its rows were found: how many, how many of those taken
-- for somebody unseen an officer later said of the same entry that it is somebody else, and how many of those held for
-- new were put together later with somebody who stood on the register already.
with sent as materialized (
  select id, confirmed_at, date_trunc('month', confirmed_at at time zone %(zone)s)::date as month
  from returns_intake where authority_id = %(authority)s and state = any(%(applied)s) and confirmed_at is not null
), ruled_out as (
  select distinct r.id from returns_candidate c
  join returns_intakerow o on o.id = c.row_id and o.decided_at is not null and o.person_id is distinct from c.person_id
  join returns_intakerow r on r.person_id = c.person_id and r.id <> o.id and r.found = any(%(unseen)s)
    and (lower(r.clean ->> 'given_name'), lower(r.clean ->> 'family_name'), r.clean ->> 'date_of_birth')
      = (lower(o.clean ->> 'given_name'), lower(o.clean ->> 'family_name'), o.clean ->> 'date_of_birth')
  where c.verdict = 'different'
), missed as (
  select distinct r.id from tracking_merge m
  join returns_intakerow r on r.person_id = m.kept_id and r.found = 'new' and r.decided_at is null
  join sent s on s.id = r.intake_id and s.confirmed_at < m.merged_at
  left join tracking_mergemove w on w.merge_id = m.id and w."table" = 'returns_intakerow' and w.row_id = r.id
  join tracking_youngperson other on other.id = case when w.id is null then m.merged_id else m.kept_id end
    and other.created_at < s.confirmed_at
  where m.authority_id = %(authority)s and m.taken_apart_at is null
)
select s.month, case when r.decided_at is null then r.found when r.found = 'new' then 'nobody' else 'same' end,
  count(*), count(*) filter (where r.decided_at is null and (x.id is not null or n.id is not null))
from sent s join returns_intakerow r on r.intake_id = s.id and not r.left_out and r.found = any(%(looked_for)s)
  and (r.found <> 'chosen' or r.decided_at is not null)
left join ruled_out x on x.id = r.id
left join missed n on n.id = r.id
group by 1, 2 order by 1 desc, 2
