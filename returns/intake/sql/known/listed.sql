-- Rows of a list from elsewhere that say nothing new, and what was seen of each young person: what they do, what is known
-- of them, who is their corporate parent.
with said as (
  select r.id as row_id, r.person_id, r.clean as v, p.version, p.corporate_parent_la, p.previous_id,
    coalesce(nullif(r.clean ->> 'date_of_birth', '')::date, p.date_of_birth) as born,
    nullif(r.clean ->> 'since', '')::date as since, nullif(r.clean ->> 'until', '')::date as until,
    regexp_replace(coalesce(r.clean ->> 'place_number', ''), '[^0-9]', '', 'g') as place_number
  from looked r left join tracking_youngperson p on p.id = r.person_id
), aged as (
  select s.*, %(listed_on)s < make_date(extract(year from born)::int + 16 + (extract(month from born) >= 9)::int, 9, 1)
    as at_school, %(listed_on)s >= (born + interval '18 years')::date as is_adult,
    e.id as place_id, e.kind as place_kind
  from said s left join lateral (
    select e.id, e.kind from schools_establishment e
    where s.place_number <> '' and s.place_number in (e.number, e.urn, e.ukprn)
    order by e.number = s.place_number desc, e.id limit 1) e on true
), meant as (
  select a.row_id, m.*,
    case when coalesce(a.v ->> 'doing', '') <> '' then a.v ->> 'doing' when a.at_school then m.at_school
      when a.is_adult and m.adult <> '' then m.adult when m.later = 'here' then coalesce(k.code, '')
      else m.later end as code
  from aged a join unnest(%(m_columns)s::text[], %(m_values)s::text[], %(m_characteristics)s::text[], %(m_at_school)s::text[],
      %(m_later)s::text[], %(m_adult)s::text[], %(m_does)s::text[])
    as m (of_column, value, characteristic, at_school, later, adult, does)
    on m.of_column = '' or a.v ->> m.of_column = m.value
  left join unnest(%(place_kinds)s::text[], %(place_codes)s::text[]) as k (kind, code) on k.kind = a.place_kind
), doing as (
  select distinct on (row_id) * from meant where at_school || later <> '' or does = 'nothing'
  order by row_id, of_column = '', does
), present as (
  select distinct on (t.person_id) t.person_id, t.id, t.version, t.code, t.establishment_id
  from tracking_activity t join said s on s.person_id = t.person_id
  where t.is_primary and t.starts_on <= %(listed_on)s and (t.ends_on is null or t.ends_on >= %(listed_on)s)
  order by t.person_id, t.starts_on desc, t.id desc
), characteristics as (
  select m.row_id, bool_and(case
      when m.does = 'ends' then not exists (
        select from tracking_characteristic c where c.person_id = a.person_id and c.code = m.characteristic
          and (c.ends_on is null or c.ends_on > coalesce(a.until, %(listed_on)s)))
      else exists (
        select from tracking_characteristic c where c.person_id = a.person_id and c.code = m.characteristic
          and (a.since is null or c.starts_on = a.since) and (a.until is null or c.ends_on = a.until)
          and (a.until is not null or c.ends_on is null or c.ends_on >= %(listed_on)s)) end) as is_so
  from meant m join aged a on a.row_id = m.row_id where m.characteristic <> '' group by m.row_id
)
select a.row_id,
  a.person_id is not null and coalesce(k.is_so, true)
    and coalesce(a.v ->> 'looked_after_by', '') in ('', a.corporate_parent_la)
    and coalesce(a.v ->> 'earlier_number', '') in ('', a.previous_id)
    and (a.v ->> 'objection' is distinct from 'Y' or exists (
      select from tracking_objection o where o.person_id = a.person_id and o.withdrawn_on is null))
    and case
      when d.row_id is null or d.does = 'nothing' then true
      when a.until <= %(listed_on)s then present.code is null or present.code <> all(%(codes_of_list)s)
      when d.does = 'fills' and coalesce(a.v ->> 'doing', '') = '' then present.id is not null
      else present.code = d.code and (a.place_id is null or present.establishment_id = a.place_id) end is true as is_known,
  concat_ws('|', present.id, present.version, a.corporate_parent_la, a.place_id, (
    select string_agg(c.id || ':' || c.starts_on || ':' || coalesce(c.ends_on::text, ''), ' ' order by c.id)
    from tracking_characteristic c where c.person_id = a.person_id and c.code = any(%(m_characteristics)s))) as saw
from aged a left join doing d on d.row_id = a.row_id left join characteristics k on k.row_id = a.row_id
left join present on present.person_id = a.person_id
