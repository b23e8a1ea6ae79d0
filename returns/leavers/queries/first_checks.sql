-- How many rows each establishment's files had when they were first checked, and how many of them needed their sender.
select i.establishment_id, sum(f.rows), sum(f.needed) from (
  select distinct on (a.counts ->> 'intake') (a.counts ->> 'intake')::bigint as intake_id,
    coalesce((a.counts ->> 'rows')::int, 0) as rows, coalesce((a.counts ->> 'need_you')::int, 0) as needed
  from audit_auditevent a
  where a.authority_id = any(%(authorities)s) and a.kind = %(checked)s and a.at >= %(since)s
    and a.at < %(until)s::date + 1 and (a.counts ->> 'rows')::int > 0
  order by a.counts ->> 'intake', a.id
) f join returns_intake i on i.id = f.intake_id
where i.establishment_id is not null and (%(places)s::bigint[] is null or i.establishment_id = any(%(places)s))
group by i.establishment_id
