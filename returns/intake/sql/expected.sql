-- The young people an establishment's return is expected to speak of, one row each: those it has now, and in the
-- autumn those who were in Year 11 there on the last 31 May.
select distinct on (p.id) p.id as person_id, a.id as activity_id,
  %(may)s::date is not null and a.starts_on <= %(may)s and (a.ends_on is null or a.ends_on >= %(may)s)
    and coalesce(p.date_of_birth between %(year_11_from)s and %(year_11_to)s, false) as is_leaver
from tracking_activity a join tracking_youngperson p on p.id = a.person_id
where a.establishment_id = %(establishment)s and a.is_primary and p.authority_id = %(authority)s
  and p.restricted_on is null and p.cohort_status = any(%(letters)s)
  and (
    (a.code = any(%(codes)s) and a.starts_on <= %(day)s and (a.ends_on is null or a.ends_on >= %(day)s)
      and (p.date_of_birth is null or p.date_of_birth >= %(born_from)s
        or p.date_of_birth >= %(born_from_with_plan)s and exists (
          select from tracking_characteristic c where c.person_id = p.id and c.code = %(plan)s
            and (c.starts_on is null or c.starts_on <= %(day)s) and (c.ends_on is null or c.ends_on >= %(day)s))))
    or (p.date_of_birth between %(year_11_from)s and %(year_11_to)s
      and a.starts_on <= %(may)s and (a.ends_on is null or a.ends_on >= %(may)s)))
order by p.id, a.starts_on desc, a.id desc
