-- Puts what was found (temporary table `found`) on a return in place of what was found before: of all of it, or of one
-- row, of the kinds that hang on other rows, and of those that hang on whom a row is about where that is another. An explanation stays as long as its problem does.
with gone as (
  delete from returns_problem where intake_id = %(intake)s and (%(number)s::int is null or kind = any(%(kinds)s::text[])
    or row_id = (select id from looked where number = %(number)s)
    or kind = any(%(by_person)s::text[]) and row_id in (select id from looked where outcome = ''))
  returning row_id, "column", kind, value, explained, explained_by_id
), explained as (
  select distinct on (row_id, "column", kind, value) * from gone where explained <> ''
  order by row_id, "column", kind, value
)
insert into returns_problem
  (intake_id, row_id, "column", kind, severity, value, why, fix, explained, explained_by_id)
select %(intake)s, r.id, f.of_column, f.kind, f.severity, f.value, f.why, f.fix, coalesce(e.explained, ''),
  e.explained_by_id
from found f left join looked r on r.number = f.number
left join explained e on e.row_id is not distinct from r.id and e."column" = f.of_column and e.kind = f.kind
  and e.value = f.value
-- What the register itself put on a page is not asked of its sender, who did not write it.
where f.number = 0 or r.id is not null and (r.found <> 'preset' or r.fixed <> '{}')
order by f.place
