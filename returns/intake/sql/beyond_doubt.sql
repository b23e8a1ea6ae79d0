-- Who is somebody on the register beyond doubt: nothing but the same first name, borne out by one of our own numbers
-- with last name or birthday, by a pupil's or learner's number with either, or by last name, birthday and home (or
-- this school, where no home is known). One person of the register for the row, and one row for the person; anything
-- less is weighed.
with by_any_number as materialized (
  -- Held apart from what follows, so that names are folded only of those who share a number.
  -- a number of ours that was given up for another stands for that one
  select w.row_id, coalesce(p.merged_into_id, p.id) as person_id, w.said, w.given_name, w.family_name, w.born,
    p.given_name as held,
    p.family_name as held_family_name, p.date_of_birth
  from matching_waiting w join tracking_youngperson p on p.young_person_id = w.young_person_id and w.young_person_id <> ''
  where p.authority_id = %(authority)s
  union all
  select w.row_id, p.id, w.said, w.given_name, w.family_name, w.born, p.given_name, p.family_name, p.date_of_birth
  from matching_waiting w join tracking_youngperson p on p.upn = w.upn and p.upn <> ''
  where p.authority_id = %(authority)s and p.merged_into_id is null
  union all
  select w.row_id, p.id, w.said, w.given_name, w.family_name, w.born, p.given_name, p.family_name, p.date_of_birth
  from matching_waiting w join tracking_youngperson p on p.uln = w.uln and p.uln <> ''
  where p.authority_id = %(authority)s and p.merged_into_id is null
), by_number as (
  select row_id, person_id from by_any_number
  where given_name <> '' and (held = said or tracking_fold(held) = given_name)
    and (date_of_birth = born or tracking_fold(held_family_name) = family_name)
), namesakes as (
  select w.row_id, p.id as person_id, w.postcode, count(*) over (partition by w.row_id) as bearers,
    (w.upn = '' or p.upn = '' or w.upn = p.upn) and (w.uln = '' or p.uln = '' or w.uln = p.uln) as not_against
  from matching_waiting w join tracking_youngperson p
    on p.authority_id = %(authority)s and p.merged_into_id is null
    and tracking_fold(p.family_name) collate "C" = w.family_name
    and tracking_fold(p.given_name) collate "C" = w.given_name
    and p.date_of_birth = w.born
  where w.family_name <> '' and w.given_name <> ''
), by_name as (
  select n.row_id, n.person_id from namesakes n
  left join tracking_residence home on home.person_id = n.person_id and home.ends_on is null
  where n.bearers = 1 and n.not_against and (
    n.postcode <> '' and replace(home.postcode, ' ', '') = n.postcode
    or (n.postcode = '' or coalesce(home.postcode, '') = '') and exists (
      select from tracking_activity a where a.person_id = n.person_id and a.establishment_id = %(establishment)s
        and (a.ends_on is null or a.ends_on > %(day)s::date - interval '1 year')))
), claims as (
  select row_id, person_id from by_number union select row_id, person_id from by_name
), counted as (
  select row_id, person_id, count(*) over (partition by row_id) as people,
    count(*) over (partition by person_id) as rows
  from claims
)
update matching_waiting w set person_id = c.person_id from counted c
where c.row_id = w.row_id and c.people = 1 and c.rows = 1
  -- "not in" is looked up in memory whatever the statistics say.
  and c.person_id not in (select person_id from looked where person_id is not null and not left_out)
