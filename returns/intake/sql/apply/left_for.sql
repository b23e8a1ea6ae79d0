-- What stands from the day after somebody left: what their school or college said, else that nobody knows (R16).

-- left_for
create temp table left_for on commit drop as
with gone as (
  select distinct on (d.person_id) d.person_id, r.left_on + 1 as since, p.date_of_birth, d.does,
    coalesce(r.said ->> 'now_doing', '') as said_code, coalesce(r.said ->> 'now_at', '') as said_place
  from deeds d join arriving r on r.place = d.place join tracking_youngperson p on p.id = d.person_id
  where d.why is null and r.left_on is not null and d.does in ('leave', 'open', 'nothing')
  order by d.person_id, r.place
), after as (
  select g.*, n.next_on, n.next_id, n.next_code
  from gone g left join lateral (
    select a.starts_on as next_on, a.id as next_id, a.code as next_code from tracking_activity a
    where a.person_id = g.person_id and a.is_primary and a.starts_on >= g.since
    order by a.starts_on limit 1
  ) n on true
)
select a.*, place.id as establishment_id, coalesce(place.number, '') as number,
  coalesce(place.name, a.said_place) as name, coalesce(place.ukprn, '') as ukprn,
  coalesce(nullif(a.said_code, ''),
    case when a.date_of_birth >= %(at_school_born_from)s then %(unknown_at_school)s else %(unknown)s end) as code
from after a left join lateral (
  select e.id, e.number, e.name, e.ukprn from schools_establishment e
  where upper(e.name) = upper(a.said_place) and e.closed_on is null
  order by (e.la_code = %(own_code)s) desc, e.id limit 1
) place on true

-- what_follows
with added as (
  insert into tracking_activity (
    person_id, code, starts_on, ends_on, is_primary, establishment_id, establishment_number, establishment_name, ukprn,
    predicted_end_on, review_on, ascertained_on, neet_since_on, course, leaving_reason, source, recorded_by_id, version)
  select person_id, code, since, next_on - 1, true, establishment_id, number, name, ukprn,
    case when code = %(unknown_at_school)s then greatest(%(year_end)s, since) end, null, greatest(since, %(as_at)s), null,
    '', '', %(source)s, %(by)s, 1
  from left_for
  where does in ('leave', 'open') and (next_on is null or next_on > since)
  returning id, starts_on, code
), confirmed as (
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
  select id, case when code in (%(unknown)s, %(unknown_at_school)s) then least(starts_on, %(today)s) else
      least(greatest(starts_on, %(as_at)s), %(today)s) end, %(source)s, %(by)s, %(now)s
  from added
  returning 1
) select count(*) from confirmed

-- later_word
-- Where nobody knew what they went on to, a later word of the same place says it.
with filled as (
  update tracking_activity a set code = l.code, establishment_id = l.establishment_id, establishment_number = l.number,
    establishment_name = l.name, ukprn = l.ukprn, predicted_end_on = null, version = a.version + 1
  from left_for l
  where l.does in ('nothing', 'leave') and l.said_code <> '' and a.id = l.next_id and l.next_on = l.since
    and l.next_code = any(%(not_known)s) and a.code <> l.code
  returning a.id, a.starts_on
), confirmed as (
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
  select id, least(greatest(starts_on, %(as_at)s), %(today)s), %(source)s, %(by)s, %(now)s from filled
  returning 1
) select count(*) from confirmed

-- left_for_done
drop table left_for
