-- Problems of a return that only the register shows, added to those found so far (temporary table `found`): a number
-- that belongs to somebody else, a row of another school, a return much shorter or longer than the last, a file that is
-- somebody else's altogether.
with expected as materialized (
  {expected}
), listed as materialized (
  -- Of a return looked at in part the row that changed, and those of whom somebody else was found.
  select r.id, r.number, r.person_id, r.clean ->> 'upn' as upn, r.clean ->> 'uln' as uln,
    r.clean ->> 'young_person_id' as young_person_id, r.sent ->> 'school' as school,
    regexp_replace(r.sent ->> 'school', '[/ ]', '', 'g') as school_number,
    own.upn as own_upn, own.uln as own_uln, own.young_person_id as own_number, own.cohort_status
  from looked r left join tracking_youngperson own on own.id = r.person_id
  where not r.left_out and (%(only)s::int is null or r.number = %(only)s or r.outcome = '')
), elsewhere as (
  -- Looked for one by one: few have another number than their record, and a join would walk the register for each kind.
  select l.number, 'upn' as name, 'UPN' as words, p.upn as value from listed l cross join lateral (
    select upn from tracking_youngperson where upn = l.upn and upn <> '' and authority_id = %(authority)s limit 1) p
  where l.upn <> l.own_upn
  union all
  select l.number, 'uln', 'ULN', p.uln from listed l cross join lateral (
    select uln from tracking_youngperson where uln = l.uln and uln <> '' and authority_id = %(authority)s limit 1) p
  where l.uln <> l.own_uln
  union all
  select l.number, 'young_person_id', 'number', p.young_person_id from listed l cross join lateral (
    select young_person_id from tracking_youngperson
    where young_person_id = l.young_person_id and authority_id = %(authority)s limit 1) p
  where l.young_person_id <> l.own_number
), last_time as (
  select (i.counts ->> 'rows')::int as rows from returns_intake i
  where i.establishment_id = %(establishment)s and i.authority_id = %(authority)s and i.type = %(type)s
    and i.state in ('confirmed', 'accepted') and i.id <> %(intake)s
  order by i.as_at desc, i.version desc limit 1
), now as (
  select count(*) as rows from looked where not left_out
), on_it as (
  -- Who is on the file, or may be.
  select person_id from looked where person_id is not null and not left_out
  union
  select c.person_id from looked l join returns_candidate c on c.row_id = l.id
  where not l.left_out and l.person_id is null and c.verdict <> 'different'
), here as materialized (
  select count(*) as people from expected where person_id in (select person_id from on_it)
), overlap as (
  select (select count(*) from expected) as expected, (select people from here) as here,
    (select count(*) from looked where not left_out and clean ->> 'date_of_birth' <> '') as looked_for,
    (select count(distinct a.person_id) from looked l join tracking_activity a on a.person_id = l.person_id
      where not l.left_out and a.is_primary and a.establishment_id <> %(establishment)s and a.starts_on <= %(day)s
        and (a.ends_on is null or a.ends_on >= %(day)s)) as elsewhere
)
insert into found (number, of_column, kind, severity, value, why, fix)
select number, name, 'number_elsewhere', 'query', value,
  format('The register has this %%s for somebody else.', words), 'Correct it, empty the cell, or say that it is right.'
from elsewhere
union all
select number, 'school', 'other_school', 'error', left(school, 200),
  'The file names another school or college for this row.', 'Send each school''s pupils in its own return, or leave the row out.'
from listed
where school_number ~ '^[0-9]+$' and school_number <> all(%(own_numbers)s) and cardinality(%(own_numbers)s::text[]) > 0
union all
select l.number, '', 'outgrown', 'note', '',
  'They are too old for what the council has to follow. Their record is closed.', 'Nothing to do.'
from listed l where l.cohort_status = any(%(outgrown)s)
union all
select r.number, 'left_on', 'never_here', 'error', left(r.sent ->> 'left_on', 200), 'By our register they were never with you.',
  'Check name and date of birth; if it is them, say on which day they joined.'
from looked r
where %(joins)s and (%(only)s::int is null or r.number = %(only)s or r.outcome = '') and not r.left_out
  and r.clean ->> 'left_on' <> '' and coalesce(r.clean ->> 'starts_on', '') = ''
  and (r.found = 'new' or r.person_id is not null) and not exists (
    select from tracking_activity a where a.person_id = r.person_id and a.is_primary
      and a.establishment_id = %(establishment)s)
union all
select 0, '', 'differs_greatly', 'query', now.rows::text,
  format('The last such return had %%s rows and this one has %%s.', last_time.rows, now.rows),
  'If somebody is missing, send the file again; else say why.'
from now, last_time
where not %(joins)s and greatest(now.rows, last_time.rows) >= 10 and (now.rows * 2 < last_time.rows or last_time.rows * 2 < now.rows)
union all
-- Where its other rows are is not said: a school is not told at which school somebody is.
select 0, '', 'wrong_file', 'query', '',
  case when o.here = 0 then format('None of the %%s pupils we expect is on this file', o.expected)
    else format('Only %%s of the %%s pupils we expect %%s on this file', o.here, o.expected,
      case when o.here = 1 then 'is' else 'are' end) end
    || case o.elsewhere when 0 then '' when 1 then ', and 1 of its rows is on the register elsewhere'
      else format(', and %%s of its rows are on the register elsewhere', o.elsewhere) end
    || '. Is this the right file?',
  'Send the right file instead, or say why this one is right.'
from overlap o
where %(is_file)s and o.expected >= %(fewest_expected)s and o.here * 100 < o.expected * %(hardly_any)s
  and o.here * 2 < o.looked_for
