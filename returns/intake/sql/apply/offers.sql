-- What places say of those who applied: one row for each place and course, whose latest word counts.

-- offers_changed
with changed as (
  update tracking_offer o set stage = f.new_stage, course = f.new_course, preference = f.new_preference,
    starts_on = f.new_starts_on, conditions = f.new_conditions, establishment_id = coalesce(f.establishment_id, o.establishment_id),
    said_on = %(offers_as_at)s, source = %(source)s, told_by_id = %(establishment)s, version = o.version + 1
  from offered f where f.held_id = o.id and not f.is_known
  returning 1
) select count(*) from changed

-- offers_added
with added as (
  insert into tracking_offer (person_id, establishment_id, place, course, preference, stage, said_on, starts_on,
    conditions, source, told_by_id, version)
  select person_id, establishment_id, place, new_course, new_preference, new_stage, %(offers_as_at)s, new_starts_on,
    new_conditions, %(source)s, %(establishment)s, 1
  from offered where held_id is null order by line, place, course
  returning 1
) select count(*) from added

-- offers_kept
with told as (
  insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
  select distinct %(intake)s::bigint, id, 'stage', 'register_keeps', 'note', '', %(keeps)s, %(keeps_fix)s, ''
  from offered where not is_later and new_stage <> held_stage
  returning 1
) select count(*) from told

-- guarantees
{guarantees_follow}

-- guarantees_without
-- A school says that somebody has not applied: that is recorded where nothing else is known.
with said_so as (
  select distinct on (s.person_id) s.person_id, p.la_at_year_11, p.educated_la,
    %(september)s - extract(year from p.date_of_birth)::int - (extract(month from p.date_of_birth) >= 9)::int - 5 as year_group
  from spoken s join tracking_youngperson p on p.id = s.person_id
  where 'not_applied' in (s.v ->> 'stage', s.v ->> 'own_offer')
    and not exists (select from tracking_offer o where o.person_id = s.person_id)
), set_now as (
  insert into tracking_guarantee (person_id, year_group, status, la_code, status_on, reason)
  select person_id, year_group, %(offer_not_applied)s,
    case year_group when 11 then coalesce(nullif(la_at_year_11, ''), nullif(educated_la, ''), %(own_code)s)
      else %(own_code)s end,
    %(offers_as_at)s, left(%(by_offers)s || %(not_applied_words)s, 200)
  from said_so where year_group in (11, 12)
  on conflict (person_id, year_group) do update
    set status = excluded.status, la_code = coalesce(nullif(tracking_guarantee.la_code, ''), excluded.la_code),
      status_on = excluded.status_on, reason = excluded.reason
    where tracking_guarantee.status in ('', %(guarantee_nothing)s)
  returning 1
) select count(*) from set_now
