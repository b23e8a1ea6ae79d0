-- The rows state facts and leave what each young person does as it is.

-- deeds
create temp table deeds on commit drop as
select r.place, r.person_id, r.is_new, (h.recorded_at at time zone 'Europe/London')::date as recorded_on,
  coalesce(r.born, p.date_of_birth) as born, 'note'::text as does, %(as_at)s::date as day, ''::text as code,
  null::bigint as present_id, null::date as present_start, null::date as until, null::bigint as activity_id,
  case when p.cohort_status <> all(%(tracked)s) then 'gone' end as why
from arriving r
left join tracking_youngperson p on p.id = r.person_id
left join tracking_youngperson_history h on h.id = r.person_id and h.superseded_at is null
