-- These members are in the September Guarantee from now on: their record says so, and where nothing stands of how it
-- stands, "not yet recorded" does, with who leads (the file needs both: errors 905, 906).
with theirs as materialized (
  select m.person_id, m.year_group, m.led_by from tracking_cohortmember m
  where m.freeze_id = %(freeze)s and m.removed_on is null and m.person_id is not null
    and (%(people)s::bigint[] is null or m.person_id = any(%(people)s))
), told as (
  update tracking_youngperson p set has_guarantee = true, version = p.version + 1
  from theirs t where p.id = t.person_id and not p.has_guarantee
  returning 1
), begun as (
  insert into tracking_guarantee (person_id, year_group, status, la_code, status_on, reason)
  select person_id, year_group, %(nothing)s, led_by, %(as_at)s, '' from theirs order by person_id
  on conflict (person_id, year_group) do update
    set status = coalesce(nullif(tracking_guarantee.status, ''), excluded.status),
      status_on = coalesce(tracking_guarantee.status_on, excluded.status_on),
      la_code = coalesce(nullif(tracking_guarantee.la_code, ''), excluded.la_code)
    where tracking_guarantee.status = '' or tracking_guarantee.la_code = ''
  returning 1
)
select (select count(*) from told), (select count(*) from begun)
