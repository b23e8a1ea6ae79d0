-- Rows of a list that nobody on the register goes by and of whom somebody said why on an earlier list of its kind: the same
-- unique pupil number, or the same names and date of birth. The latest reason counts.
select distinct on (r.id) r.id, r.number, o.reason, o.why
from returns_notours o join returns_intakerow e on e.id = o.row_id
join returns_intake i on i.id = e.intake_id and i.authority_id = %(authority)s and i.type = %(type)s
  and i.id <> %(intake)s and i.as_at <= %(as_at)s
join returns_intakerow r on r.intake_id = %(intake)s and r.person_id is null and not r.left_out
  and (r.clean ->> 'upn' <> '' and r.clean ->> 'upn' = e.clean ->> 'upn'
    or r.clean ->> 'date_of_birth' <> '' and r.clean ->> 'date_of_birth' = e.clean ->> 'date_of_birth'
      and tracking_fold(coalesce(r.clean ->> 'family_name', '') || ' ' || coalesce(r.clean ->> 'given_name', ''))
        = tracking_fold(coalesce(e.clean ->> 'family_name', '') || ' ' || coalesce(e.clean ->> 'given_name', '')))
where not exists (select from returns_notours n where n.row_id = r.id)
order by r.id, o.said_at desc, o.id desc
