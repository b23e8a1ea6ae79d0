-- The rows of the file, in the order of the numbers: who somebody is, the school they left, and what was read of them.
select r.id, p.id as person_id, p.young_person_id, p.upn, p.uln, p.given_name, p.middle_name, p.family_name, p.date_of_birth, p.gender,
  coalesce(h.postcode, '') as postcode, coalesce(e.number, '') as school_number, coalesce(e.name, '') as school,
  r.year_group, r.basis, r."group", r.code, r.standing, r.provider_number, r.provider_name, r.verified_on, r.source
from ({read}) r
join tracking_youngperson p on p.id = r.person_id
left join schools_establishment e on e.id = r.establishment_id
left join lateral (
  select x.postcode from tracking_residence x where x.person_id = p.id
    and (x.starts_on is null or x.starts_on <= %(on)s) and (x.ends_on is null or x.ends_on >= %(on)s)
  order by x.starts_on desc nulls last, x.id desc limit 1
) h on true
order by p.young_person_id, p.id
