-- Children educated outside school: by situation how many the newest lists name, how many of those are on the register, of
-- how many others somebody said why not, and how many the register has so (R52, R112).
with newest as (
  select distinct on (i.type, i.sender) i.id, i.type from returns_intake i
  where i.authority_id = %(authority)s and i.type = any(%(types)s) and i.state in ('confirmed', 'accepted')
  order by i.type, i.sender, i.as_at desc, i.confirmed_at desc, i.id desc
), named as (
  select s.words, r.person_id, o.row_id is not null as is_explained from newest n join returns_intakerow r on r.intake_id = n.id and not r.left_out
  join unnest(%(words)s::text[], %(of_types)s::text[], %(columns)s::text[], %(values)s::text[])
    as s (words, type, of_column, value) on s.type = n.type and (s.of_column = '' or r.clean ->> s.of_column = s.value)
  left join returns_notours o on o.row_id = r.id
), so_now as (
  select a.code, count(*) as number from tracking_activity a join tracking_youngperson p on p.id = a.person_id
  where p.authority_id = %(authority)s and p.cohort_status = any(%(tracked)s) and a.is_primary and a.code = any(%(codes)s)
    and a.starts_on <= %(on)s and (a.ends_on is null or a.ends_on >= %(on)s)
  group by a.code
)
select w.words, coalesce((select count(*) from named n where n.words = w.words), 0),
  coalesce((select count(*) from named n where n.words = w.words and n.person_id is not null), 0),
  coalesce((select count(*) from named n where n.words = w.words and n.person_id is null and n.is_explained), 0),
  (select sum(number) from so_now s where s.code = any(string_to_array(w.codes, ' ')))
from unnest(%(all_words)s::text[], %(all_codes)s::text[]) with ordinality as w (words, codes, place) order by w.place
