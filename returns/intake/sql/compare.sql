-- Compares a return's rows (temporary table `listed`) with the register as it stands (temporary table `standing`) and
-- keeps what came of it: each row's outcome and what the comparison saw of the register, and who was expected and is
-- not on the return. Answers with the counts, one fingerprint of everything seen, and how many young people changed
-- since it was last kept.
with expected as materialized (
  {expected}
), settled as (
  select l.id from listed l join standing s on s.person_id = l.person_id
  where s.is_here and s.is_told and s.code = any(%(here)s) and l.code in ('', s.code)
), different as materialized (
  -- Only where everything else is settled does it matter whether a single field differs.
  select row_id, string_agg(name, ' ' order by place) as fields from ({differences}) d group by row_id
), weighed as (
  select l.*, s.activity_id, s.activity_version, s.ends_on, s.newer_on, s.version,
    s.cohort_status = any(%(outgrown)s) as is_outgrown, s.home_id, d.fields,
    %(joins)s and s.starts_on = l.left_on + 1 and s.code = any(%(not_known)s) and l.now_doing not in ('', s.code) as is_news,
    s.is_here, s.is_elsewhere, l.id in (select id from settled) as is_settled,
    l.person_id in (select person_id from expected) as is_expected
  from listed l left join standing s on s.person_id = l.person_id left join different d on d.row_id = l.id
), judged as materialized (
  select id, number, is_new, seen as seen_before, now as outcome,
    md5(concat_ws('|', now, person_id, version, home_id, activity_id, activity_version, newer_on, fields)) as seen
  from (select *, case
      when left_out then 'left_out'
      when is_stopped then 'stopped'
      when person_id is null and found = 'new' then 'new_person'
      when person_id is null or found in ('', 'doubtful') then 'doubtful'
      when is_outgrown then 'overruled'
      when left_on is not null then case
        when newer_on > left_on and is_elsewhere is not true then 'overruled'
        when is_here and (ends_on is null or ends_on <> left_on) then 'left'
        -- Where they went was not known yet; or they came and left, and we never heard of either.
        when is_news or %(joins)s and starts_on is not null and not exists (
          select from tracking_activity b where b.person_id = weighed.person_id and b.is_primary
            and b.establishment_id = %(establishment)s) then 'left'
        else 'unchanged' end
      when is_elsewhere then 'overruled'
      when is_settled and fields is null then 'unchanged'
      when is_expected or %(joins)s and is_here then 'continuing'
      else 'new_here' end as now
    from weighed) w
), every as materialized (
  -- With the rows that stay as they were, where a part of the return is compared.
  select number, outcome, seen from judged union all
  select l.number, l.outcome, l.seen from looked l where l.id not in (select id from listed)
), absent as (
  select e.person_id, e.is_leaver from expected e
  where not exists (select from looked l where l.person_id = e.person_id and not l.left_out)
    and not exists (
      select from looked l join returns_candidate c on c.row_id = l.id
      where c.person_id = e.person_id and l.person_id is null and not l.left_out and c.verdict <> 'different')
), kept as (
  update returns_intakerow r set outcome = j.outcome, seen = j.seen, found = l.found, person_id = l.person_id, sure = l.sure
  from judged j join looked l on l.id = j.id
  -- Named again, or all rows of all returns are walked through for those of one.
  where r.intake_id = %(intake)s and not j.is_new and j.id = r.id and (r.outcome, r.seen, r.found, r.person_id, r.sure)
    is distinct from (j.outcome, j.seen, l.found, l.person_id, l.sure) returning 1
), written as (
  insert into returns_intakerow
    (id, intake_id, number, sent, fixed, clean, left_out, person_id, found, sure, outcome, seen)
  select l.id, %(intake)s, l.number, l.sent, l.fixed, l.clean, l.left_out, l.person_id, l.found, l.sure, j.outcome, j.seen
  from judged j join looked l on l.id = j.id where j.is_new returning 1
), found_since as (
  delete from returns_missing m where m.intake_id = %(intake)s
    and not exists (select from absent a where a.person_id = m.person_id) returning m.person_id
), gone_since as (
  insert into returns_missing (intake_id, person_id, why_expected, answer, destination)
  select %(intake)s, a.person_id, case when a.is_leaver then %(was_in_year_11)s else %(is_on_roll)s end, '', ''
  from absent a where not exists (
    select from returns_missing m where m.intake_id = %(intake)s and m.person_id = a.person_id)
  returning person_id
)
select coalesce((select jsonb_object_agg(outcome, number) from (
    select outcome, count(*) as number from every group by outcome) counted), '{{}}')
    || jsonb_build_object(
      'rows', (select count(*) from every), 'expected', (select count(*) from expected),
      'missing', (select count(*) from absent),
      'touched', (select count(*) from kept) + (select count(*) from written)) as counts,
  md5(coalesce((select string_agg(number || seen, ' ' order by number) from every), '') || '/'
    || coalesce((select string_agg(person_id::text, ' ' order by person_id) from absent), '')) as fingerprint,
  (select count(*) from judged where seen_before <> '' and seen <> seen_before)
    + (select count(*) from found_since) + (select count(*) from gone_since) as changed
