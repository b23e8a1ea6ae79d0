-- By school of the area: pupils of the survey's age whom it named in a return and who are not on our register.
select i.establishment_id,
  count(distinct (lower(r.clean ->> 'family_name'), lower(r.clean ->> 'given_name'), r.clean ->> 'date_of_birth'))
from returns_intakerow r
join returns_intake i on i.id = r.intake_id
join schools_establishment e on e.id = i.establishment_id and e.la_code = %(la_code)s
where i.authority_id = %(authority)s and i.state = any(%(applied)s) and r.outcome = 'beside' and not r.left_out
  and r.clean ->> 'date_of_birth' between %(year_11_from)s::text and %(year_11_to)s::text
group by 1
