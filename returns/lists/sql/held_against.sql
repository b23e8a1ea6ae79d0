-- A list that was taken over (its rows in the temporary table `looked`) held against the register as it stands: what agrees,
-- what is there otherwise, who is not on the register, and of a whole list who is so on the register and not on it.
with known as materialized (
  {known}
), listed as (
  select l.id as row_id, l.number, l.person_id, coalesce(k.is_known, false) as is_known
  from looked l left join known k on k.row_id = l.id where not l.left_out
), so_now as (
  select x.person_id, string_agg(distinct x.what || x.code, ' ') as held, min(x.since) as since from (
    select c.person_id, 'c' as what, c.code, c.starts_on as since from tracking_characteristic c
    where c.code = any(%(only_characteristics)s) and (c.starts_on is null or c.starts_on <= %(listed_on)s)
      and (c.ends_on is null or c.ends_on >= %(listed_on)s)
    union all
    select a.person_id, 'a', a.code, a.starts_on from tracking_activity a
    where a.is_primary and a.code = any(%(only_activities)s) and a.starts_on <= %(listed_on)s
      and (a.ends_on is null or a.ends_on >= %(listed_on)s)) x
  join tracking_youngperson p on p.id = x.person_id
  where %(is_whole)s and p.authority_id = %(authority)s and p.cohort_status = any(%(tracked)s)
    and x.person_id not in (select person_id from listed where person_id is not null)
  group by x.person_id
), there as (
  -- What the register has of those who are on the list otherwise.
  select l.row_id, concat_ws(' ', (
      select string_agg(distinct 'c' || c.code, ' ') from tracking_characteristic c
      where c.person_id = l.person_id and c.code = any(%(m_characteristics)s) and (c.ends_on is null or c.ends_on >= %(listed_on)s)), (
      select 'a' || a.code from tracking_activity a where a.person_id = l.person_id and a.is_primary and %(has_activities)s
        and a.starts_on <= %(listed_on)s and (a.ends_on is null or a.ends_on >= %(listed_on)s)
      order by a.starts_on desc, a.id desc limit 1)) as held
  from listed l where l.person_id is not null and not l.is_known
), all_of_it as (
  select case when person_id is null then 'new' when is_known then 'agrees' else 'differs' end as part,
    row_id, number, person_id, coalesce((select held from there t where t.row_id = l.row_id), '') as held, null::date as since
  from listed l
  union all
  select 'not_listed', null, null, person_id, held, since from so_now
)
select a.part, a.row_id, a.number, a.person_id, a.held, a.since,
  coalesce(e.why, nullif(concat_ws('|', o.reason, o.why), ''), '') as explained
from all_of_it a left join returns_explanation e
  on e.person_id = a.person_id and e.type = %(type)s and e.listed_on = %(listed_on)s
left join returns_notours o on o.row_id = a.row_id and a.person_id is null
left join tracking_youngperson p on p.id = a.person_id
order by a.number, p.family_name, p.given_name, a.person_id
