-- Of values that were not kept nothing is said but how many there were; that stays said when a row is looked at again.
delete from found f using withheld w where f.number = w.number and f.of_column = any(%(dropped)s);
insert into found (number, of_column, kind, severity, value, why, fix)
select w.number, 'objection', 'objection_kept', 'note', '',
  case when w.details = 0 then p.why
    else replace(%(why)s, '{details}', case w.details when 1 then '1 detail was' else w.details || ' details were' end) end,
  %(fix)s
from withheld w
left join lateral (
  select t.why from returns_problem t where t.row_id = w.id and t.kind = 'objection_kept' limit 1) p on true
where (w.details > 0 or p.why is not null) and (%(only)s::int is null or w.number = %(only)s)
  and not exists (select from found f where f.number = w.number and f.kind = 'objection_kept')
