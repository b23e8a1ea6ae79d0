-- Problems of a return that only the register shows, added to those found so far (temporary table `found`): a number
-- that belongs to somebody else, a row of another school, a return much shorter or longer than the last.
with listed as (
  select r.number, r.person_id, r.sent, r.clean from returns_intakerow r
  where r.intake_id = %(intake)s and not r.left_out
), elsewhere as (
  select l.number, 'upn' as name, 'UPN' as words, p.upn as value from listed l
  join tracking_youngperson p on p.upn = l.clean ->> 'upn' and p.upn <> ''
  where p.authority_id = %(authority)s and p.id <> l.person_id
  union
  select l.number, 'uln', 'ULN', p.uln from listed l
  join tracking_youngperson p on p.uln = l.clean ->> 'uln' and p.uln <> ''
  where p.authority_id = %(authority)s and p.id <> l.person_id
  union
  select l.number, 'young_person_id', 'number', p.young_person_id from listed l
  join tracking_youngperson p on p.young_person_id = l.clean ->> 'young_person_id'
  where p.authority_id = %(authority)s and p.id <> l.person_id
), last_time as (
  select (i.counts ->> 'rows')::int as rows from returns_intake i
  where i.establishment_id = %(establishment)s and i.authority_id = %(authority)s and i.type = %(type)s
    and i.state in ('confirmed', 'accepted') and i.id <> %(intake)s
  order by i.as_at desc, i.version desc limit 1
), now as (
  select count(*) as rows from listed
)
insert into found (number, of_column, kind, severity, value, why, fix)
select number, name, 'number_elsewhere', 'query', value,
  format('The register has this %%s for somebody else.', words), 'Correct it, empty the cell, or say that it is right.'
from elsewhere
union all
select number, 'school', 'other_school', 'error', left(sent ->> 'school', 200),
  'The file names another school or college for this row.', 'Send each school''s pupils in its own return, or leave the row out.'
from listed where regexp_replace(sent ->> 'school', '[/ ]', '', 'g') ~ '^[0-9]+$'
  and regexp_replace(sent ->> 'school', '[/ ]', '', 'g') <> all(%(own_numbers)s)
union all
select l.number, '', 'outgrown', 'note', '',
  'They are too old for what the council has to follow. Their record is closed.', 'Nothing to do.'
from listed l join tracking_youngperson p on p.id = l.person_id where p.cohort_status = any(%(outgrown)s)
union all
select 0, '', 'differs_greatly', 'query', now.rows::text,
  format('The last such return had %%s rows and this one has %%s.', last_time.rows, now.rows),
  'If somebody is missing, send the file again; else say why.'
from now, last_time
where greatest(now.rows, last_time.rows) >= 10 and (now.rows * 2 < last_time.rows or last_time.rows * 2 < now.rows)
