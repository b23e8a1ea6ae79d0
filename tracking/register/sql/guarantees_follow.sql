-- What offers say of the September Guarantee of these people, for the Septembers after Year 11 and after Year 12:
-- tracking/rules/offers.py in SQL, for many at once; a test holds them together. Changes nothing where nothing follows.
with asked as materialized (
  select p.id, g.year_group, p.la_at_year_11, p.educated_la, a.code as own_code,
    extract(year from p.date_of_birth)::int + (extract(month from p.date_of_birth) >= 9)::int + g.year_group + 5 as year
  from tracking_youngperson p join schools_authority a on a.id = p.authority_id
  cross join unnest(array[11, 12]) g (year_group)
  where p.date_of_birth is not null and p.id in ({people})
), stages as (
  select * from unnest(%(offer_stages)s::text[], %(offer_words)s::text[], %(offer_orders)s::int[],
    %(offer_counts)s::bool[], %(offer_statuses)s::text[]) as s (code, words, place_in_line, counts, status)
), heard as (
  select o.*, {september_of} as year
  from tracking_offer o where o.person_id in (select id from asked)
), standing as materialized (
  select distinct on (q.id, q.year_group) q.id, q.year_group, s.status, o.said_on,
    left(%(by_offers)s || s.words || ': ' || o.place || ', told by ' || coalesce(e.name, w.words, o.source) || ' on '
      || to_char(o.said_on, 'FMDD FMMonth YYYY'), 200) as reason
  from asked q join heard o on o.person_id = q.id and o.year = q.year
  join stages said on said.code = o.stage
  join stages s on s.code = case
    when said.counts and o.starts_on > make_date(q.year + 1, %(offer_begins_by)s / 100, %(offer_begins_by)s %% 100)
      then %(offer_too_late)s else said.code end
  left join schools_establishment e on e.id = o.told_by_id
  left join unnest(%(offer_sources)s::text[], %(offer_source_words)s::text[]) as w (source, words) on w.source = o.source
  order by q.id, q.year_group, s.place_in_line, o.said_on desc, o.id
), families as (
  select * from unnest(%(guarantee_codes)s::text[], %(guarantee_families)s::text[]) as f (code, family)
), follows as (
  select q.id, q.year_group, q.la_at_year_11, q.educated_la, q.own_code,
    coalesce(s.status, %(guarantee_nothing)s) as status, s.said_on,
    coalesce(s.reason, %(by_offers)s || 'nothing is left of them') as reason
  from asked q
  left join standing s on s.id = q.id and s.year_group = q.year_group
  left join tracking_guarantee g on g.person_id = q.id and g.year_group = q.year_group
  left join families held on held.code = g.status
  left join families wanted on wanted.code = s.status
  where case
    when s.id is null then starts_with(g.reason, %(by_offers)s) and g.status <> %(offer_not_applied)s
    when starts_with(g.reason, %(by_offers)s) then g.status <> s.status or g.reason <> s.reason
    when coalesce(held.family, '') in ('', 'not recorded') then true
    else held.family = 'no offer' and wanted.family = 'offer made' end
), set_now as (
  insert into tracking_guarantee (person_id, year_group, status, la_code, status_on, reason)
  select id, year_group, status,
    case year_group when 11 then coalesce(nullif(la_at_year_11, ''), nullif(educated_la, ''), own_code) else own_code end,
    coalesce(said_on, %(today)s), reason
  from follows order by id, year_group
  on conflict (person_id, year_group) do update set status = excluded.status,
    la_code = coalesce(nullif(tracking_guarantee.la_code, ''), excluded.la_code), reason = excluded.reason,
    status_on = case when tracking_guarantee.status = excluded.status then tracking_guarantee.status_on
      else excluded.status_on end
  where (tracking_guarantee.status, tracking_guarantee.reason) is distinct from (excluded.status, excluded.reason)
  returning 1
) select count(*) from set_now
