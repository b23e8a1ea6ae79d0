-- Finds the young person of each row not looked for yet: by council number or UPN with the birth date or the last name
-- agreeing, else by the exact name and birth date where only one has them. The rest is new.
with wanted as (
  select r.id, r.clean ->> 'young_person_id' as ccis, r.clean ->> 'upn' as upn,
    tracking_fold(r.clean ->> 'family_name') as family, tracking_fold(r.clean ->> 'given_name') as given,
    (r.clean ->> 'date_of_birth')::date as born
  from returns_intakerow r where r.intake_id = %(intake)s and r.found = ''
), pairs as (
  select w.id, p.id as person from wanted w join tracking_youngperson p
    on p.authority_id = %(authority)s and p.young_person_id = w.ccis
  where p.date_of_birth = w.born or tracking_fold(p.family_name) = w.family
  union
  select w.id, p.id from wanted w join tracking_youngperson p on p.authority_id = %(authority)s and p.upn = w.upn and p.upn <> ''
  where p.date_of_birth = w.born and tracking_fold(p.given_name) = w.given
  union
  select w.id, p.id from wanted w join tracking_youngperson p on p.authority_id = %(authority)s
    and p.date_of_birth = w.born and tracking_fold(p.family_name) = w.family and tracking_fold(p.given_name) = w.given
), one as (
  select id, min(person) as person, count(*) as number from pairs group by id
)
update returns_intakerow r
set person_id = case when o.number = 1 then o.person end,
  found = case when o.number = 1 then 'exact' when o.number > 1 then 'doubtful' else 'new' end
from wanted w left join one o on o.id = w.id where r.id = w.id
