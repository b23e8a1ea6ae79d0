-- What a return's rows say otherwise than the register, by row: the names of the columns. What somebody who objected
-- has not to have passed on is not compared.
select r.id as row_id, string_agg(v.name, ' ' order by v.place) as fields
from returns_intakerow r join tracking_youngperson p on p.id = r.person_id
left join tracking_residence home on home.person_id = p.id and home.ends_on is null
cross join lateral (values
  (1, 'family_name', tracking_fold(p.family_name), tracking_fold(r.clean ->> 'family_name')),
  (2, 'given_name', tracking_fold(p.given_name), tracking_fold(r.clean ->> 'given_name')),
  (3, 'date_of_birth', p.date_of_birth::text, r.clean ->> 'date_of_birth'),
  (4, 'line_1', upper(coalesce(home.line_1, '')), upper(r.clean ->> 'line_1')),
  (5, 'postcode', replace(coalesce(home.postcode, ''), ' ', ''), replace(r.clean ->> 'postcode', ' ', ''))
) v (place, name, held, said)
where r.intake_id = %(intake)s and r.person_id is not null and coalesce(v.said, '') <> ''
  and v.said is distinct from v.held
group by r.id
