-- Finds the young person of each waiting row (temporary table `sheet`) in one authority's register.

-- read
select count(*) from sheet;

-- by_number
with found as (
  update sheet s set person_id = coalesce(p.merged_into_id, p.id) from tracking_youngperson p
  where p.authority_id = %(authority)s and s.number <> '' and p.young_person_id = s.number
  returning 1
) select count(*) from found;

-- by_upn
with candidates as (
  select s.row_number, min(p.id) as id from sheet s join tracking_youngperson p
    on p.authority_id = %(authority)s and p.merged_into_id is null and p.upn = upper(s.upn)
  where s.person_id is null and s.upn <> '' and (
    p.date_of_birth = s.born_on or tracking_fold(p.family_name) = tracking_fold(s.family_name) and s.family_name <> '')
  group by s.row_number having count(*) = 1
), found as (
  update sheet s set person_id = c.id from candidates c where c.row_number = s.row_number returning 1
) select count(*) from found;

-- by_name_and_birth
with candidates as (
  select s.row_number, min(p.id) as id from sheet s join tracking_youngperson p
    on p.authority_id = %(authority)s and p.merged_into_id is null and p.date_of_birth = s.born_on
    and tracking_fold(p.family_name) = tracking_fold(s.family_name)
    and tracking_fold(p.given_name) = tracking_fold(s.given_name)
  where s.person_id is null and s.family_name <> '' and s.given_name <> ''
  group by s.row_number having count(*) = 1
), found as (
  update sheet s set person_id = c.id from candidates c where c.row_number = s.row_number returning 1
) select count(*) from found;

-- not_found
with lost as (
  update sheet set why = 'Nobody on the register was found for this row: check the number, or the name and date of birth.'
  where person_id is null returning 1
) select count(*) from lost;
