-- Names of lists that nobody on the register goes by and nobody explained, by kind of list and month.
with newest as (
  select distinct on (i.type, i.sender, date_trunc('month', i.as_at)) i.id, i.type,
    date_trunc('month', i.as_at)::date as month
  from returns_intake i
  where i.authority_id = %(authority)s and i.type = any(%(types)s) and i.state in ('confirmed', 'accepted')
    and i.as_at >= %(since)s
  order by i.type, i.sender, date_trunc('month', i.as_at), i.as_at desc, i.confirmed_at desc, i.id desc
)
select n.type, n.month, count(r.id) filter (where r.person_id is null and o.row_id is null)
from newest n left join returns_intakerow r on r.intake_id = n.id and not r.left_out
left join returns_notours o on o.row_id = r.id
group by n.type, n.month order by n.type, n.month
