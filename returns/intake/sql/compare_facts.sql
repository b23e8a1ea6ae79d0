-- Compares a return's rows (temporary table `listed`) that state facts with the register as it stands and keeps each
-- row's outcome and what the comparison saw. Nobody is missing from such a return. Answers as compare.sql does.
with known as materialized (
  -- Rows whose facts the register has already, and for each row what was seen of them: (row_id, is_known, saw).
  {known}
), settled as (
  select row_id as id from known where is_known
), different as materialized (
  select row_id, string_agg(name, ' ' order by place) as fields from ({differences}) d group by row_id
), weighed as (
  select l.*, p.version, p.cohort_status = any(%(outgrown)s) as is_outgrown, home.id as home_id, d.fields,
    k.is_known, k.saw
  from listed l left join tracking_youngperson p on p.id = l.person_id
  left join tracking_residence home on home.person_id = l.person_id and home.ends_on is null
  left join known k on k.row_id = l.id
  left join different d on d.row_id = l.id
), judged as materialized (
  select id, number, is_new, seen as seen_before, now as outcome,
    md5(concat_ws('|', now, person_id, version, home_id, saw, fields)) as seen
  from (select *, case
      when left_out then 'left_out'
      when is_stopped then 'stopped'
      when person_id is null and found = 'new' then case when %(adds_people)s then 'new_person' else 'beside' end
      when person_id is null or found in ('', 'doubtful') then 'doubtful'
      when is_outgrown then 'overruled'
      when is_known and fields is null then 'unchanged'
      else 'records' end as now
    from weighed) w
), kept as (
  update returns_intakerow r set outcome = j.outcome, seen = j.seen, found = l.found, person_id = l.person_id, sure = l.sure
  from judged j join looked l on l.id = j.id
  where r.intake_id = %(intake)s and not j.is_new and j.id = r.id and (r.outcome, r.seen, r.found, r.person_id, r.sure)
    is distinct from (j.outcome, j.seen, l.found, l.person_id, l.sure) returning 1
), written as (
  insert into returns_intakerow
    (id, intake_id, number, sent, fixed, clean, left_out, person_id, found, sure, outcome, seen)
  select l.id, %(intake)s, l.number, l.sent, l.fixed, l.clean, l.left_out, l.person_id, l.found, l.sure, j.outcome, j.seen
  from judged j join looked l on l.id = j.id where j.is_new returning 1
)
select coalesce((select jsonb_object_agg(outcome, number) from (
    select outcome, count(*) as number from judged group by outcome) counted), '{{}}')
    || jsonb_build_object('rows', (select count(*) from judged), 'expected', 0, 'missing', 0,
      'touched', (select count(*) from kept) + (select count(*) from written)) as counts,
  md5(coalesce((select string_agg(number || seen, ' ' order by number) from judged), '')) as fingerprint,
  (select count(*) from judged where seen_before <> '' and seen <> seen_before) as changed
