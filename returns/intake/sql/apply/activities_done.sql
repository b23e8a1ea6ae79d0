-- What they do is written, and that it goes on.

-- gaps_filled
-- Stretches not known turn out to be something (as when an officer records it).
with gone as (
  delete from tracking_activity a using deeds d
  where d.person_id = a.person_id and d.why is null and d.does in ('open', 'correct') and a.is_primary
    and a.code = any(%(not_known)s) and a.starts_on >= d.day and a.starts_on <= %(as_at)s
  returning 1
) select count(*) from gone

-- activities_changed
-- One statement for all that changes: what ends before something new, what is put right, what somebody left.
with later_word as (
  select c.activity_id from tracking_confirmation c
  where c.activity_id in (select activity_id from deeds) and c.verified_on > %(as_at)s and c.source <> %(source)s
    and c.voids_id is null and not exists (select from tracking_confirmation v where v.voids_id = c.id)
), wanted as (
  select a.id, a.code, a.starts_on, d.day - 1 as ends_on, a.course, a.predicted_end_on, a.leaving_reason, a.ascertained_on
  from deeds d join tracking_activity a on a.person_id = d.person_id
  where d.why is null and not d.is_new and d.does in ('open', 'correct') and a.is_primary and a.starts_on < d.day
    and (a.ends_on is null or a.ends_on >= d.day
      or d.does = 'correct' and a.ends_on = d.present_start - 1)
    and not (d.does = 'correct' and a.id = d.present_id)
  union all
  select a.id, case d.does when 'correct' then d.code else a.code end,
    case d.does when 'correct' then d.day else a.starts_on end,
    case d.does when 'leave' then d.day else a.ends_on end,
    case when r.course <> '' and (a.course = '' or %(details)s = 'newest' and l.activity_id is null)
      then r.course else a.course end,
    case when r.predicted_end_on >= a.starts_on
      and (a.predicted_end_on is null or %(details)s = 'newest' and l.activity_id is null)
      then r.predicted_end_on else a.predicted_end_on end,
    case when d.does = 'leave'
      then coalesce(nullif(r.said ->> 'leaving_reason', ''), nullif(left(r.destination, 40), ''), a.leaving_reason)
      else a.leaving_reason end,
    case d.does when 'correct' then greatest(d.day, a.ascertained_on) else a.ascertained_on end
  from deeds d join arriving r on r.place = d.place join tracking_activity a on a.id = d.activity_id
  left join (select distinct activity_id from later_word) l on l.activity_id = a.id
  where d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'leave')
), changed as (
  update tracking_activity a set code = w.code, starts_on = w.starts_on, ends_on = w.ends_on, course = w.course,
    predicted_end_on = w.predicted_end_on, leaving_reason = w.leaving_reason, ascertained_on = w.ascertained_on,
    version = a.version + 1
  from wanted w
  where w.id = a.id and (a.code, a.starts_on, a.ends_on, a.course, a.predicted_end_on, a.leaving_reason, a.ascertained_on)
    is distinct from
      (w.code, w.starts_on, w.ends_on, w.course, w.predicted_end_on, w.leaving_reason, w.ascertained_on)
  returning 1
) select count(*) from changed

-- activities_added
with added as (
  insert into tracking_activity (
    id, person_id, code, starts_on, ends_on, is_primary, establishment_id, establishment_number, establishment_name,
    ukprn, predicted_end_on, review_on, ascertained_on, neet_since_on, course, leaving_reason, source, recorded_by_id,
    version)
  select d.activity_id, d.person_id, d.code, d.day, d.until, true, %(establishment)s, %(place_number)s, %(place_name)s,
    %(place_ukprn)s, case when r.predicted_end_on >= d.day then r.predicted_end_on end, null, greatest(d.day, %(as_at)s),
    null, r.course, coalesce(r.said ->> 'leaving_reason', ''), %(source)s, %(by)s, 1
  from deeds d join arriving r on r.place = d.place
  where d.why is null and d.does = 'open' order by d.place
  returning 1
) select count(*) from added

-- confirmations
-- Whatever is confirmed goes on on that day: that is what makes it the present one.
with added as (
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
  select d.activity_id, least(%(as_at)s, d.until), %(source)s, %(by)s, %(now)s
  from deeds d
  where d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'open')
    and (d.does = 'open' or not exists (
      select from tracking_confirmation c
      where c.activity_id = d.activity_id and c.verified_on = %(as_at)s and c.source = %(source)s and c.voids_id is null
        and not exists (select from tracking_confirmation v where v.voids_id = c.id)))
  returning 1
) select count(*) from added
