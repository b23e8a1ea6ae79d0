-- Where each of these young people stands and what was tried: all that the order of calls and the protocol read.
with wanted as materialized ({wanted}), tried as (
  select t.person_id, count(*) as tries, max(t.tried_at) as tried_at,
    max(t.tried_at) filter (where t.reached) as reached_at,
    -- Since somebody was reached last.
    coalesce(array_position(array_agg(t.reached order by t.tried_at desc, t.id desc), true) - 1, count(*)) as in_vain,
    (array_agg(t.outcome order by t.tried_at desc, t.id desc))[1] as outcome,
    (array_agg(t.again_at order by t.tried_at desc, t.id desc))[1] as again_at,
    -- What was promised holds until somebody rings: a message sent meanwhile does not put it off.
    case when max(t.tried_at) filter (where t.outcome = any(%(promises)s))
      >= coalesce(max(t.tried_at) filter (where t.channel = %(telephone)s), '-infinity')
    then (array_agg(t.again_at order by t.tried_at desc, t.id desc) filter (where t.outcome = any(%(promises)s)))[1]
    end as promised_at
  from caseload_attempt t join wanted w on w.id = t.person_id
  where t.tried_at >= %(looked_back)s
  group by t.person_id
), reviewed as (
  select c.person_id, max(r.reviewed_on) as reviewed_on
  from caseload_review r join caseload_case c on c.id = r.case_id join wanted w on w.id = c.person_id
  where r.outcome <> all(%(not_spoken)s)
  group by c.person_id
), vulnerable as (
  select distinct c.person_id from ({vulnerable}) c
), sought as (
  select x.person_id, min(x.work) as work from ({sought}) x group by x.person_id
)
select p.id as person_id, p.date_of_birth, p.level_of_need, coalesce(s.code, '') as code,
  coalesce(s.code <> '' and (s.ends_on is null or s.ends_on >= %(day)s)
    and (s.lapses_on is null or s.lapses_on >= %(day)s), false) as counts,
  s.starts_on, least(s.ends_on, s.lapses_on) as counts_until, s.neet_since_on,
  coalesce(e.ended_on + 1, p.cohort_status_on, (p.created_at at time zone %(zone)s)::date) as unknown_from,
  a.predicted_end_on as expected_to_end_on, v.person_id is not null as vulnerable,
  coalesce(t.tries, 0) as tries, coalesce(t.in_vain, 0) as in_vain, t.tried_at, coalesce(t.outcome, '') as outcome,
  t.again_at, t.promised_at,
  greatest((t.reached_at at time zone %(zone)s)::date, h.heard_on, r.reviewed_on) as spoken_on,
  coalesce(q.work, '') as sought
from wanted w
join tracking_youngperson p on p.id = w.id
left join tracking_situation s on s.person_id = p.id
left join tried t on t.person_id = p.id
left join reviewed r on r.person_id = p.id
left join vulnerable v on v.person_id = p.id
left join sought q on q.person_id = p.id
-- Looked up only for those of whom it is asked: an index asked for nothing costs nothing.
left join tracking_activity a on a.id = case when s.code = any(%(heard_of)s) then s.activity_id end
left join lateral (
  select max(x.ends_on) as ended_on from tracking_activity x
  where coalesce(s.code, '') = '' and x.person_id = p.id and x.is_primary and x.ends_on < %(day)s
) e on true
left join lateral (
  -- What they or their family said themselves of what they do now; of somebody not known nobody said anything.
  select max(y.verified_on) as heard_on from tracking_confirmation y
  where y.activity_id = a.id and y.source = any(%(own_word)s) and y.verified_on <= %(day)s
    and y.voids_id is null and not exists (select from tracking_confirmation z where z.voids_id = y.id)
) h on true
