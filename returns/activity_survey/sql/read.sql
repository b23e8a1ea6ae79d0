-- What each member of a survey did on its day, as known now: the primary activity that holds on it, whether somebody
-- confirmed it for that day (then, so that it still counted, or at any time later), and its destination.
with members as (
  select m.* from returns_activitysurveymember m
  where m.survey_id = %(survey)s and m.person_id is not null
), groups as (
  select * from unnest(%(codes)s::text[], %(groups)s::text[]) as g (code, "group")
), letters as (
  select * from unnest(%(letters)s::text[], %(letter_groups)s::text[]) as l (letter, "group")
), settled as (
  select m.id, m.person_id, m.year_group, m.basis, m.establishment_id, m.district_id,
    s.activity_id, s.code, s.verified_on, s.lapses_on, g."group" as told, l."group" as left_for
  from members m
  join tracking_situations(%(on)s, array(select person_id from members)) s on s.person_id = m.person_id
  join tracking_youngperson p on p.id = m.person_id
  left join groups g on g.code = s.code
  left join letters l on l.letter = p.cohort_status and (p.cohort_status_on is null or p.cohort_status_on <= %(on)s)
), said as (
  select s.*, a.establishment_id as provider_id,
    coalesce(nullif(a.establishment_name, ''), e.name, '') as provider_name,
    coalesce(nullif(a.establishment_number, ''), e.number, '') as provider_number,
    c.verified_on as last_said_on, coalesce(nullif(c.source, ''), a.source, '') as source,
    s.code <> '' and coalesce(s.told, '') <> all(%(not_known_groups)s) as is_told,
    coalesce(c.verified_on >= %(on)s, false)
      or s.verified_on is not null and coalesce(s.lapses_on >= %(on)s, true) as is_confirmed
  from settled s
  left join tracking_activity a on a.id = s.activity_id
  left join schools_establishment e on e.id = a.establishment_id
  left join lateral (
    select y.verified_on, y.source from tracking_confirmation y
    where y.activity_id = s.activity_id and y.voids_id is null
      and not exists (select from tracking_confirmation z where z.voids_id = y.id)
    -- the first that was said on the day or later, else the last before it: what is said later changes no row
    order by y.verified_on < %(on)s, abs(y.verified_on - %(on)s), y.id desc limit 1
  ) c on true
), counted as (
  select *, case
      when is_told and is_confirmed then 'known'
      when left_for is not null then 'known'
      when is_told then 'to_confirm' else 'not_known' end as standing
  from said
)
select id, person_id, year_group, basis, establishment_id, district_id, standing, code,
  case when is_told and is_confirmed then coalesce(told, '')
    when left_for is not null then left_for else %(when_not_known)s end as "group",
  activity_id, provider_id, provider_name, provider_number, last_said_on as verified_on, source
from counted
