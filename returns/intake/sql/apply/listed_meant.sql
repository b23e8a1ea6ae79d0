-- What the rows of a list from elsewhere mean for what each young person does.

-- deeds
-- As activities_meant.sql has it, but each row names its own place, or none, and its words say what somebody does.
create temp table deeds on commit drop as
with said as (
  select r.place, r.person_id, r.is_new, r.said as v, coalesce(r.born, p.date_of_birth) as born, p.cohort_status,
    (h.recorded_at at time zone 'Europe/London')::date as recorded_on,
    nullif(r.said ->> 'since', '')::date as since, nullif(r.said ->> 'until', '')::date as until,
    regexp_replace(coalesce(r.said ->> 'place_number', ''), '[^0-9]', '', 'g') as place_number,
    row_number() over (partition by coalesce(r.person_id, -r.place) order by r.place) as turn
  from arriving r left join tracking_youngperson p on p.id = r.person_id
  left join tracking_youngperson_history h on h.id = r.person_id and h.superseded_at is null
), aged as (
  select s.*, e.id as place_id, e.kind as place_kind,
    make_date(extract(year from born)::int + 16 + (extract(month from born) >= 9)::int, 9, 1) as leaves_school_on,
    %(as_at)s >= (born + interval '18 years')::date as is_adult
  from said s left join lateral (
    select e.id, e.kind from schools_establishment e
    where s.place_number <> '' and s.place_number in (e.number, e.urn, e.ukprn)
    order by e.number = s.place_number desc, e.id limit 1) e on true
), meant as (
  select distinct on (a.place) a.place, m.does as way, case
      when coalesce(a.v ->> 'doing', '') <> '' then a.v ->> 'doing'
      when %(as_at)s < a.leaves_school_on then m.at_school
      when a.is_adult and m.adult <> '' then m.adult
      when m.later = 'here' then coalesce(k.code, '')
      else m.later end as code
  from aged a join unnest(%(m_columns)s::text[], %(m_values)s::text[], %(m_at_school)s::text[], %(m_later)s::text[],
      %(m_adult)s::text[], %(m_does)s::text[]) as m (of_column, value, at_school, later, adult, does)
    on m.of_column = '' or a.v ->> m.of_column = m.value
  left join unnest(%(place_kinds)s::text[], %(place_codes)s::text[]) as k (kind, code) on k.kind = a.place_kind
  where m.at_school || m.later <> '' or m.does = 'nothing'
  order by a.place, m.of_column = '', m.does
), present as (
  select distinct on (t.person_id) t.person_id, t.id, t.code, t.starts_on, t.establishment_id, (
      select max(c.verified_on) from tracking_confirmation c where c.activity_id = t.id and c.voids_id is null
        and not exists (select from tracking_confirmation v where v.voids_id = c.id)) as known_on
  from arriving r join tracking_activity t on t.person_id = r.person_id
  where t.is_primary and t.starts_on <= %(as_at)s and (t.ends_on is null or t.ends_on >= %(as_at)s)
  order by t.person_id, t.starts_on desc, t.id desc
), latest as (
  -- What the list may have brought before, for whoever it says has left.
  select distinct on (t.person_id) t.person_id, t.id, t.starts_on, t.ends_on
  from arriving r join tracking_activity t on t.person_id = r.person_id
  where t.is_primary and t.code = any(%(codes_of_list)s) and t.starts_on <= %(as_at)s
  order by t.person_id, t.starts_on desc, t.id desc
), done as (
  select a.*, m.way, m.code, c.id as present_id, c.code as present_code, c.starts_on as present_start, c.known_on,
    l.id as latest_id, l.starts_on as latest_start, l.ends_on as latest_end,
    coalesce(c.code = any(%(not_known)s), false) as gives_way,
    case
      when m.place is null or m.way = 'nothing' then 'note'
      when a.until <= %(as_at)s then case when l.id is null or l.ends_on <= a.until then 'note' else 'leave' end
      when m.way = 'fills' and coalesce(a.v ->> 'doing', '') = '' and c.id is not null then 'note'
      when c.code = m.code and (a.place_id is null or c.establishment_id is null or c.establishment_id = a.place_id)
        then 'confirm'
      -- The Jobcentre tells of a claim: whoever is NEET already stays what the register says of them.
      when m.code = any(%(neet_codes)s) and c.code = any(%(neet_codes)s) then 'confirm'
      else 'open' end as does
  from aged a left join meant m on m.place = a.place
  left join present c on c.person_id = a.person_id left join latest l on l.person_id = a.person_id
), dated as (
  select *, case does
      when 'open' then greatest(
        case when since is null or since < %(year_start)s and present_start >= since then %(as_at)s else since end,
        case when %(as_at)s >= leaves_school_on and code <> all(%(school_age_codes)s) then leaves_school_on end)
      when 'leave' then until end as day
  from done
), crossed as (
  select d.place, bool_or(o.starts_on = d.day) as on_the_day,
    bool_or(o.starts_on > d.day and o.starts_on <= %(as_at)s) as after_it,
    min(o.starts_on) filter (where o.starts_on > %(as_at)s) as next_on
  from dated d join tracking_activity o on o.person_id = d.person_id
  where d.does = 'open' and o.is_primary and o.starts_on >= d.day
    and (o.starts_on > %(as_at)s or o.code <> all(%(not_known)s))
  group by d.place
)
select d.place, d.person_id, d.is_new, d.recorded_on, d.born, d.does, coalesce(d.day, %(as_at)s) as day,
  coalesce(d.code, '') as code, d.present_id, d.present_start, x.next_on - 1 as until,
  case d.does when 'open' then nextval(pg_get_serial_sequence('tracking_activity', 'id'))
    when 'leave' then d.latest_id when 'confirm' then d.present_id end as activity_id,
  d.place_id,
  case
    when d.turn > 1 then 'twice'
    when d.cohort_status <> all(%(tracked)s) and not (d.cohort_status = 'T' and d.v ->> 'moved' = 'arrived') then 'gone'
    when d.code = '' and d.does = 'open' then 'not_of_that_age'
    when d.does = 'open' and d.day > %(as_at)s then 'starts_later'
    when d.does = 'open' and d.day < d.born then 'before_birth'
    when d.does = 'leave' and d.day < d.latest_start then 'left_before_start'
    when d.does = 'leave' and %(leaving)s <> 'newest' then 'kept'
    when d.does = 'open' and d.present_id is not null and not d.gives_way and %(activity)s <> 'newest' then 'kept'
    when x.on_the_day then 'same_day'
    when x.after_it or d.does = 'open' and not d.gives_way and d.known_on > %(as_at)s then 'something_since'
    -- A claim says nothing of a day on which somebody else knew better.
    when d.does = 'open' and d.code = any(%(neet_codes)s) and not d.gives_way and d.known_on > d.day then 'something_since'
  end as why
from dated d left join crossed x on x.place = d.place
