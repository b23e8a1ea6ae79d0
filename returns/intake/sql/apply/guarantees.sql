-- What beginning in time says of the September Guarantee.

-- guarantees
-- Whoever began learning by the end of September had an offer, though nobody wrote it down (R138). What only offers
-- said gives way to it.
with learning as (
  select d.person_id, a.starts_on, d.does = 'confirm' or exists (
      select from tracking_activity b where b.person_id = a.person_id and b.is_primary and b.code = any(%(shows_offer)s)
        and b.establishment_id = %(establishment)s and b.starts_on <= %(last_may)s
        and (b.ends_on is null or b.ends_on >= %(last_may)s)) as goes_on,
    case when p.date_of_birth between %(year_12_from)s and %(year_12_to)s then 11
      when p.date_of_birth between %(year_13_from)s and %(year_13_to)s then 12 end as year_group,
    p.la_at_year_11, p.cohort_status
  from deeds d join tracking_activity a on a.id = d.activity_id join tracking_youngperson p on p.id = d.person_id
  where d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'open') and a.code = any(%(shows_offer)s)
    and a.starts_on <= %(shown_until)s and (a.ends_on is null or a.ends_on >= %(year_start)s)
), set_now as (
  insert into tracking_guarantee (person_id, year_group, status, la_code, status_on, reason)
  select person_id, year_group, case when year_group = 12 and goes_on then %(on_going_on)s else %(on_beginning)s end,
    case year_group when 11 then coalesce(nullif(la_at_year_11, ''), %(la_code)s) else %(own_code)s end,
    greatest(starts_on, %(year_start)s), %(guarantee_reason)s
  from learning l where year_group is not null and not exists (
    select from tracking_guarantee g where g.person_id = l.person_id and g.year_group = l.year_group
      and g.status <> '' and g.status <> all(%(not_recorded)s)
      and not (starts_with(g.reason, %(by_offers)s) and g.status <> %(on_beginning)s))
  on conflict (person_id, year_group) do update
    set status = excluded.status, la_code = coalesce(nullif(tracking_guarantee.la_code, ''), excluded.la_code),
      status_on = excluded.status_on, reason = excluded.reason
    where tracking_guarantee.status = '' or tracking_guarantee.status = any(%(not_recorded)s)
      or starts_with(tracking_guarantee.reason, %(by_offers)s) and tracking_guarantee.status <> %(on_beginning)s
  returning 1
) select count(*) from set_now
