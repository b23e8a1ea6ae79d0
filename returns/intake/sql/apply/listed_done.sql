-- Where they do it, and what else a list says of them: characteristics, corporate parent, the number they had elsewhere.

-- places_named
with named as (
  update tracking_activity a set establishment_id = e.id, establishment_number = coalesce(e.number, ''),
    establishment_name = left(coalesce(e.name, r.said ->> 'employer', ''), 160), ukprn = coalesce(e.ukprn, ''),
    course = left(concat_ws(', with ', nullif(r.course, ''), case when e.id is not null then r.said ->> 'employer' end), 160),
    neet_since_on = case when a.code = any(%(neet_codes)s) then d.day end
  from deeds d join arriving r on r.place = d.place left join schools_establishment e on e.id = d.place_id
  where a.id = d.activity_id and d.why is null and d.does = 'open'
    and (e.id is not null or r.said ->> 'employer' <> '' or a.code = any(%(neet_codes)s))
  returning 1
) select count(*) from named

-- neet_dated
-- A claim is evidence since when somebody is NEET, where nobody said so before.
with dated as (
  update tracking_activity a set neet_since_on = greatest(a.starts_on, nullif(r.said ->> 'since', '')::date),
    version = a.version + 1
  from deeds d join arriving r on r.place = d.place
  where a.id = d.activity_id and d.why is null and d.does = 'confirm' and a.neet_since_on is null
    and a.code = any(%(neet_codes)s) and d.code = any(%(neet_codes)s) and r.said ->> 'since' <> ''
  returning 1
) select count(*) from dated

-- needs_meant
drop table if exists needs;
create temp table needs on commit drop as
select distinct on (r.person_id, m.code) r.person_id, m.code, m.does = 'ends' as ends, m.instead_of,
  nullif(r.said ->> 'since', '')::date as since,
  coalesce(nullif(r.said ->> 'until', '')::date, case when m.does = 'ends' then %(as_at)s end) as until
from arriving r join unnest(%(m_columns)s::text[], %(m_values)s::text[], %(m_characteristics)s::text[], %(m_does)s::text[],
    %(m_instead_of)s::text[]) as m (of_column, value, code, does, instead_of)
  on m.of_column = '' or r.said ->> m.of_column = m.value
where m.code <> '' and r.row_id is not null
order by r.person_id, m.code, m.does = 'ends', r.place

-- needs_changed
-- A service knows its own: its dates stand for what goes on.
with changed as (
  update tracking_characteristic c set ends_on = case when n.until is null then c.ends_on
      else greatest(n.until, c.starts_on) end,
    starts_on = case when n.ends or n.since is null or n.since > coalesce(n.until, c.ends_on, n.since) then c.starts_on
      else n.since end
  from needs n
  where c.person_id = n.person_id and c.code = n.code and (c.starts_on is null or c.starts_on <= %(as_at)s)
    and (c.ends_on is null or c.ends_on >= %(as_at)s or c.ends_on >= n.until)
    and (n.until is not null and c.ends_on is distinct from greatest(n.until, c.starts_on)
      or not n.ends and n.since is not null and c.starts_on is distinct from n.since)
  returning 1
) select count(*) from changed

-- needs_replaced
-- One characteristic takes the place of another: a care leaver is no longer looked after, a plan stands for SEN support.
with gone as (
  delete from tracking_characteristic c using needs n
  where c.person_id = n.person_id and not n.ends and n.instead_of <> '' and c.code = n.instead_of and c.ends_on is null
    and c.starts_on >= coalesce(n.since, %(as_at)s)
  returning 1
) select count(*) from gone

-- needs_over
with ended as (
  update tracking_characteristic c set ends_on = coalesce(n.since, %(as_at)s) - 1
  from needs n
  where c.person_id = n.person_id and not n.ends and n.instead_of <> '' and c.code = n.instead_of and c.ends_on is null
    and (c.starts_on is null or c.starts_on < coalesce(n.since, %(as_at)s))
  returning 1
) select count(*) from ended

-- needs_added
with added as (
  insert into tracking_characteristic (person_id, code, starts_on, ends_on, source)
  select n.person_id, n.code, coalesce(n.since, least(%(as_at)s, n.until)), n.until, %(list_of)s
  from needs n
  where not n.ends and not exists (
    select from tracking_characteristic c where c.person_id = n.person_id and c.code = n.code
      and (c.ends_on is null or c.ends_on >= coalesce(n.until, %(as_at)s)))
  order by n.person_id, n.code
  returning 1
) select count(*) from added

-- people_handed_on
-- Their corporate parent; the number another council had for them; and whoever had moved away and is handed back is ours.
with wanted as (
  select distinct on (p.id) p.id, coalesce(nullif(r.said ->> 'looked_after_by', ''), p.corporate_parent_la) as parent,
    case when p.previous_id = '' then coalesce(r.said ->> 'earlier_number', '') else p.previous_id end as previous_id,
    p.cohort_status = 'T' and r.said ->> 'moved' = 'arrived' as is_back
  from arriving r join tracking_youngperson p on p.id = r.person_id
  order by p.id, r.place
), changed as (
  update tracking_youngperson p set corporate_parent_la = w.parent, previous_id = w.previous_id,
    cohort_status = case when w.is_back then %(in_cohort)s else p.cohort_status end,
    cohort_status_on = case when w.is_back then %(as_at)s else p.cohort_status_on end,
    transferred_to_la = case when w.is_back then '' else p.transferred_to_la end, version = p.version + 1
  from wanted w
  where w.id = p.id and ((p.corporate_parent_la, p.previous_id) is distinct from (w.parent, w.previous_id) or w.is_back)
  returning 1
) select count(*) from changed

-- needs_put_away
drop table needs
