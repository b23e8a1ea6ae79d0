-- Takes the waiting records (temporary table `incoming`) into the register. Named steps, run in this order in one
-- transaction; each answers with a number. What the file leaves empty never erases what the register knows.

-- people_added
with added as (
  insert into tracking_youngperson (
    authority_id, ref, young_person_id, previous_id, given_name, middle_name, family_name, known_as, date_of_birth,
    gender, ethnicity, upn, uln, educated_la, la_at_year_11, cohort_status, cohort_status_on, transferred_to_la,
    level_of_need, has_guarantee, intended_destination, restricted_on, restricted_reason, source, version, created_at)
  select i.authority_id, gen_random_uuid(), i.young_persons_id, i.previous_ypid_identifier, i.given_name, i.middle_name,
    i.family_name, '', i.dob, i.gender, i.ethnicity, i.unique_pupil_number, i.unique_learner_no, i.educated_lea,
    i.lea_code_at_year_11, coalesce(nullif(i.cohort_status, ''), 'P'), %(period_end)s, i.transferred_to_la_code,
    i.level_of_need_code, i.guarantee_status_indicator = 'Y', i.intended_destination_yr_11, null, '', 'loaded', 1,
    neet_moment()
  from incoming i
  where not exists (select 1 from tracking_youngperson p
                    where p.authority_id = i.authority_id and p.young_person_id = i.young_persons_id)
  order by i.row_number
  returning 1
) select count(*) from added;

-- matched
with led as (
  -- A number that was put together with another means the record that stands, unless another row of the file is about
  -- that one, or the row itself says that its number is a duplicate.
  select i.row_number, p.id, p.merged_into_id as stands,
    row_number() over (partition by coalesce(p.merged_into_id, p.id)
                       order by p.merged_into_id nulls first, i.row_number) as place
  from incoming i join tracking_youngperson p
    on p.authority_id = i.authority_id and p.young_person_id = i.young_persons_id
), matched as (
  update incoming i set person_id =
    case when l.stands is null or l.place > 1 or i.cohort_status = any(%(merged)s) then l.id else l.stands end
  from led l where l.row_number = i.row_number
  returning 1
) select count(*) from matched;

-- former_names
with kept as (
  insert into tracking_formername (person_id, given_name, family_name, until)
  select p.id, p.given_name, p.family_name, %(period_end)s
  from incoming i join tracking_youngperson p on p.id = i.person_id
  where i.family_name <> '' and p.family_name <> '' and tracking_fold(p.family_name) <> tracking_fold(i.family_name)
    and not exists (select 1 from tracking_formername f where f.person_id = p.id
                    and f.given_name = p.given_name and f.family_name = p.family_name)
  returning 1
) select count(*) from kept;

-- people_changed
with wanted as (
  select i.person_id, i.cohort_status as letter,
    coalesce(nullif(i.given_name, ''), p.given_name) as given_name,
    coalesce(nullif(i.middle_name, ''), p.middle_name) as middle_name,
    coalesce(nullif(i.family_name, ''), p.family_name) as family_name,
    coalesce(i.dob, p.date_of_birth) as date_of_birth,
    coalesce(nullif(i.gender, ''), p.gender) as gender,
    coalesce(nullif(i.ethnicity, ''), p.ethnicity) as ethnicity,
    coalesce(nullif(i.unique_pupil_number, ''), p.upn) as upn,
    coalesce(nullif(i.unique_learner_no, ''), p.uln) as uln,
    coalesce(nullif(i.educated_lea, ''), p.educated_la) as educated_la,
    coalesce(nullif(i.lea_code_at_year_11, ''), p.la_at_year_11) as la_at_year_11,
    coalesce(nullif(i.previous_ypid_identifier, ''), p.previous_id) as previous_id,
    coalesce(nullif(i.cohort_status, ''), p.cohort_status) as cohort_status,
    case when coalesce(nullif(i.cohort_status, ''), p.cohort_status) = p.cohort_status
      then p.cohort_status_on else %(period_end)s end as cohort_status_on,
    coalesce(nullif(i.transferred_to_la_code, ''), p.transferred_to_la) as transferred_to_la,
    coalesce(nullif(i.level_of_need_code, ''), p.level_of_need) as level_of_need,
    i.guarantee_status_indicator = 'Y' as has_guarantee,
    coalesce(nullif(i.intended_destination_yr_11, ''), p.intended_destination) as intended_destination
  from incoming i join tracking_youngperson p on p.id = i.person_id
), changed as (
  update tracking_youngperson p set
    given_name = w.given_name, middle_name = w.middle_name, family_name = w.family_name,
    date_of_birth = w.date_of_birth, gender = w.gender, ethnicity = w.ethnicity, upn = w.upn, uln = w.uln,
    educated_la = w.educated_la, la_at_year_11 = w.la_at_year_11, previous_id = w.previous_id,
    cohort_status = w.cohort_status, cohort_status_on = w.cohort_status_on, transferred_to_la = w.transferred_to_la,
    level_of_need = w.level_of_need, has_guarantee = w.has_guarantee, intended_destination = w.intended_destination,
    version = p.version + 1
  from wanted w
  where w.person_id = p.id
    and (p.given_name, p.middle_name, p.family_name, p.date_of_birth, p.gender, p.ethnicity, p.upn, p.uln,
         p.educated_la, p.la_at_year_11, p.previous_id, p.cohort_status, p.transferred_to_la, p.level_of_need,
         p.has_guarantee, p.intended_destination)
      is distinct from
        (w.given_name, w.middle_name, w.family_name, w.date_of_birth, w.gender, w.ethnicity, w.upn, w.uln,
         w.educated_la, w.la_at_year_11, w.previous_id, w.cohort_status, w.transferred_to_la, w.level_of_need,
         w.has_guarantee, w.intended_destination)
  returning 1
) select count(*) from changed;

-- addresses_ended
with ended as (
  update tracking_residence r set ends_on = greatest(r.starts_on, %(period_end)s - 1)
  from incoming i
  where r.person_id = i.person_id and r.ends_on is null
    and concat(i.address_line_1, i.address_line_2, i.address_line_3, i.address_line_4, i.town, i.county, i.postcode) <> ''
    and (r.line_1, r.line_2, r.line_3, r.line_4, r.town, r.county, r.postcode) is distinct from
        (i.address_line_1, i.address_line_2, i.address_line_3, i.address_line_4, i.town, i.county, i.postcode)
  returning 1
) select count(*) from ended;

-- addresses_added
with added as (
  insert into tracking_residence
    (person_id, line_1, line_2, line_3, line_4, town, county, postcode, starts_on, ends_on, source)
  select i.person_id, i.address_line_1, i.address_line_2, i.address_line_3, i.address_line_4, i.town, i.county,
    i.postcode,
    case when exists (select 1 from tracking_residence r where r.person_id = i.person_id) then %(period_end)s end,
    null, 'loaded'
  from incoming i
  where concat(i.address_line_1, i.address_line_2, i.address_line_3, i.address_line_4, i.town, i.county, i.postcode) <> ''
    and not exists (select 1 from tracking_residence r where r.person_id = i.person_id and r.ends_on is null)
  returning 1
) select count(*) from added;

-- characteristics_ended
with ended as (
  update tracking_characteristic c set ends_on = greatest(c.starts_on, %(period_end)s - 1)
  from incoming i
  where c.person_id = i.person_id and c.ends_on is null
    and (c.code = %(plan)s and i.send_flag = 'N' or c.code = %(support)s and i.sen_support_flag = 'N'
      or c.code <> %(plan)s and c.code <> %(support)s and c.code <> all(i.characteristics))
  returning 1
) select count(*) from ended;

-- characteristics_added
with stated as (
  select person_id, unnest(characteristics) as code from incoming
  union select person_id, %(plan)s from incoming where send_flag = 'Y'
  union select person_id, %(support)s from incoming where sen_support_flag = 'Y'
), added as (
  insert into tracking_characteristic (person_id, code, starts_on, ends_on, source)
  select s.person_id, s.code,
    case when exists (select 1 from tracking_characteristic c where c.person_id = s.person_id and c.code = s.code)
      then %(period_end)s end,
    null, 'loaded'
  from stated s
  where length(s.code) <= 4 and s.code <> ''
    and not exists (select 1 from tracking_characteristic c
                    where c.person_id = s.person_id and c.code = s.code and c.ends_on is null)
  returning 1
) select count(*) from added;

-- guarantees
with stated as (
  select person_id, 11 as year_group, year_11_guarantee_status as status, year_11_lea_code as la_code from incoming
  union all select person_id, 12, year_12_guarantee_status, year_12_lea_code from incoming
), put as (
  insert into tracking_guarantee (person_id, year_group, status, la_code, status_on, reason)
  select person_id, year_group, status, la_code, %(period_end)s, 'loaded' from stated where status <> '' or la_code <> ''
  on conflict (person_id, year_group) do update
    set status = excluded.status, la_code = excluded.la_code, status_on = excluded.status_on, reason = excluded.reason
    where (tracking_guarantee.status, tracking_guarantee.la_code) is distinct from (excluded.status, excluded.la_code)
  returning 1
) select count(*) from put;

-- activities_known
with known as (
  update incoming i set activity_id = a.id from tracking_activity a
  where a.person_id = i.person_id and a.is_primary and a.code = i.activity_code and a.starts_on = i.start_date
  returning 1
) select count(*) from known;

-- activities_behind
with behind as (
  update incoming i set behind = true
  where i.activity_id is null and i.activity_code <> '' and exists (
    select 1 from tracking_activity a where a.person_id = i.person_id and a.is_primary and a.starts_on >= i.start_date)
  returning 1
) select count(*) from behind;

-- activities_ended
with ended as (
  update tracking_activity a set ends_on = i.start_date - 1, version = a.version + 1
  from incoming i
  where a.person_id = i.person_id and a.is_primary and i.activity_id is null and not i.behind and i.activity_code <> ''
    and a.starts_on < i.start_date and (a.ends_on is null or a.ends_on >= i.start_date)
  returning 1
) select count(*) from ended;

-- activities_added
with added as (
  insert into tracking_activity (
    person_id, code, starts_on, ends_on, is_primary, establishment_id, establishment_number, establishment_name, ukprn,
    predicted_end_on, review_on, ascertained_on, neet_since_on, course, leaving_reason, source, version)
  select i.person_id, i.activity_code, i.start_date, null, true, e.id, i.establishment_number, i.establishment_name,
    i.uk_provider_reference_number, i.predicted_end_date, i.review_date, i.date_ascertained, i.neet_start_date,
    '', '', 'loaded', 1
  from incoming i left join schools_establishment e on e.number = i.establishment_number and e.number <> ''
  where i.activity_id is null and not i.behind and i.activity_code <> ''
  order by i.row_number
  returning id, person_id
), placed as (
  update incoming i set activity_id = a.id from added a where a.person_id = i.person_id returning 1
) select count(*) from added;

-- activities_changed
with changed as (
  update tracking_activity a set
    establishment_number = coalesce(nullif(i.establishment_number, ''), a.establishment_number),
    establishment_name = coalesce(nullif(i.establishment_name, ''), a.establishment_name),
    ukprn = coalesce(nullif(i.uk_provider_reference_number, ''), a.ukprn),
    predicted_end_on = coalesce(i.predicted_end_date, a.predicted_end_on),
    review_on = coalesce(i.review_date, a.review_on),
    neet_since_on = coalesce(i.neet_start_date, a.neet_since_on),
    ascertained_on = coalesce(a.ascertained_on, i.date_ascertained),
    version = a.version + 1
  from incoming i
  where a.id = i.activity_id and (
    i.establishment_number not in ('', a.establishment_number)
    or i.establishment_name not in ('', a.establishment_name)
    or i.uk_provider_reference_number not in ('', a.ukprn)
    or i.predicted_end_date <> a.predicted_end_on or (i.predicted_end_date is not null and a.predicted_end_on is null)
    or i.review_date <> a.review_on or (i.review_date is not null and a.review_on is null)
    or i.neet_start_date <> a.neet_since_on or (i.neet_start_date is not null and a.neet_since_on is null)
    or (i.date_ascertained is not null and a.ascertained_on is null))
  returning 1
) select count(*) from changed;

-- confirmations
with added as (
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
  select i.activity_id, i.date_verified, 'loaded', null, neet_moment()
  from incoming i
  where i.activity_id is not null and i.date_verified is not null and not exists (
    select 1 from tracking_confirmation c
    where c.activity_id = i.activity_id and c.verified_on = i.date_verified and c.voids_id is null
      and not exists (select 1 from tracking_confirmation v where v.voids_id = c.id))
  returning 1
) select count(*) from added;
