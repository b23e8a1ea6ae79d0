-- Those who were at each establishment in a period, who left it early, and whom its returns named. Whoever goes on there
-- with something else has not left; what ends in July or August, or as it was expected to end, is the end of a course.
with theirs as materialized (
  select a.establishment_id, a.person_id, a.starts_on, a.ends_on, a.predicted_end_on, a.leaving_reason
  from tracking_activity a join tracking_youngperson p on p.id = a.person_id
  where a.is_primary and a.establishment_id is not null and p.authority_id = any(%(authorities)s)
    -- A restricted record is nobody's to count where one place is told apart from another.
    and p.restricted_on is null
    and (%(places)s::bigint[] is null or a.establishment_id = any(%(places)s))
    and a.starts_on <= %(until)s and (a.ends_on is null or a.ends_on >= %(since)s)
), gone as (
  select distinct on (t.establishment_id, t.person_id) t.establishment_id, t.person_id, t.ends_on, t.leaving_reason
  from theirs t
  where t.ends_on <= %(until)s and (t.predicted_end_on is null or t.ends_on < t.predicted_end_on)
    and extract(month from t.ends_on) not in (7, 8) and not exists (
      select from tracking_activity b where b.person_id = t.person_id and b.is_primary
        and b.establishment_id = t.establishment_id and b.starts_on > t.ends_on)
  order by t.establishment_id, t.person_id, t.ends_on desc
), named as (
  select i.establishment_id, r.person_id, i.confirmed_at from returns_intake i join returns_intakerow r on r.intake_id = i.id
  where i.authority_id = any(%(authorities)s) and i.state = any(%(applied)s) and i.confirmed_at >= %(since)s
    and r.applied_event is not null and r.clean ->> 'left_on' <> ''
  union all
  select i.establishment_id, m.person_id, i.confirmed_at from returns_intake i join returns_missing m on m.intake_id = i.id
  where i.authority_id = any(%(authorities)s) and i.state = any(%(applied)s) and i.confirmed_at >= %(since)s
    and m.answer in ('left', 'never_came')
), told as (
  select establishment_id, person_id, min((confirmed_at at time zone 'Europe/London')::date) as told_on
  from named group by establishment_id, person_id
), counted as (
  select g.establishment_id, count(*) as gone, count(t.person_id) as told,
    count(*) filter (where g.leaving_reason <> '') as with_reason,
    percentile_cont(0.5) within group (order by greatest(t.told_on - g.ends_on, 0))
      filter (where t.told_on is not null) as days
  from gone g left join told t on t.establishment_id = g.establishment_id and t.person_id = g.person_id
  group by g.establishment_id
), cohort as (
  select establishment_id, count(distinct person_id) as there from theirs group by establishment_id
)
select h.establishment_id, h.there, coalesce(c.gone, 0), coalesce(c.told, 0), coalesce(c.with_reason, 0), c.days
from cohort h left join counted c on c.establishment_id = h.establishment_id
