-- The Year 11 of a school year: who, at which school (on the last 31 May, or now), what they mean to do; empty where
-- nobody was asked. Who left since counts where they were.
select p.id as person_id, s.establishment_id as school,
  case when p.intended_destination = %(not_obtained)s then '' else p.intended_destination end as destination
from tracking_youngperson p
left join lateral (
  select x.establishment_id from tracking_activity x
  where x.person_id = p.id and x.is_primary and x.starts_on <= %(there_on)s
    and (x.ends_on is null or x.ends_on >= %(there_on)s)
  order by x.starts_on desc, x.id desc limit 1
) s on true
where p.authority_id = %(authority)s and p.date_of_birth between %(born_from)s and %(born_to)s
  and case when p.cohort_status = any(%(primary)s) then coalesce(p.cohort_status_on <= %(there_on)s, true)
    else p.cohort_status <> all(%(never)s) and p.cohort_status_on > %(there_on)s end
