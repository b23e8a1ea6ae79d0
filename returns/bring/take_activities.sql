-- Puts earlier activities into the timeline, where it has room for them: never over what the register holds.

-- ends_before_it_starts
with lost as (
  update sheet set why = 'The end is before the start.', person_id = null
  where ends_on < starts_on returning 1
) select count(*) from lost;

-- already_known
with known as (
  update sheet s set person_id = null from tracking_activity a
  where a.person_id = s.person_id and a.is_primary and a.code = s.code and a.starts_on = s.starts_on
  returning 1
) select count(*) from known;

-- ends_filled_in
with later as (
  select s.row_number, min(o.starts_on) as starts_on from sheet s
  join (
    select person_id, starts_on from tracking_activity where is_primary
    union all select person_id, starts_on from sheet where person_id is not null
  ) o on o.person_id = s.person_id and o.starts_on > s.starts_on
  where s.person_id is not null and s.ends_on is null
  group by s.row_number
), filled as (
  update sheet s set ends_on = l.starts_on - 1 from later l where l.row_number = s.row_number returning 1
) select count(*) from filled;

-- in_the_way
with lost as (
  update sheet s set why = 'The register or an earlier row already says what they did on these days.', person_id = null
  where s.person_id is not null and (
    exists (
      select 1 from tracking_activity a where a.person_id = s.person_id and a.is_primary
        and daterange(a.starts_on, a.ends_on, '[]') && daterange(s.starts_on, s.ends_on, '[]'))
    or exists (
      select 1 from sheet o where o.person_id = s.person_id and o.row_number < s.row_number
        and daterange(o.starts_on, o.ends_on, '[]') && daterange(s.starts_on, s.ends_on, '[]')))
  returning 1
) select count(*) from lost;

-- activities_added
with added as (
  insert into tracking_activity (
    person_id, code, starts_on, ends_on, is_primary, establishment_id, establishment_number, establishment_name, ukprn,
    predicted_end_on, review_on, ascertained_on, course, leaving_reason, source, version)
  select s.person_id, s.code, s.starts_on, s.ends_on, true, e.id, s.establishment_number, s.establishment_name, '',
    s.predicted_end_on, s.review_on, coalesce(s.verified_on, s.starts_on), '', '', 'loaded', 1
  from sheet s left join schools_establishment e on e.number = s.establishment_number and e.number <> ''
  where s.person_id is not null
  order by s.row_number
  returning id, person_id, starts_on
), confirmed as (
  insert into tracking_confirmation (activity_id, verified_on, source, recorded_at)
  select a.id, s.verified_on, 'loaded', neet_moment() from added a
  join sheet s on s.person_id = a.person_id and s.starts_on = a.starts_on
  where s.verified_on is not null
  returning 1
) select count(*) from added;
