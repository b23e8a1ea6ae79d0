-- Puts cleaned lines (temporary table `lines`) on a return. What somebody fixed, left out or decided stays; who a row
-- is about is looked for anew where what names them changed.
with before as (
  select r.id, r.number, r.decided_by_id is null and r.found <> 'preset'
    and (r.clean ->> 'family_name', r.clean ->> 'given_name', r.clean ->> 'date_of_birth', r.clean ->> 'upn',
         r.clean ->> 'uln', r.clean ->> 'postcode', r.clean ->> 'young_person_id') is distinct from
        (l.clean ->> 'family_name', l.clean ->> 'given_name', l.clean ->> 'date_of_birth', l.clean ->> 'upn',
         l.clean ->> 'uln', l.clean ->> 'postcode', l.clean ->> 'young_person_id') as is_another
  from returns_intakerow r join lines l on l.number = r.number where r.intake_id = %(intake)s
), changed as (
  update returns_intakerow r set sent = l.sent, fixed = l.fixed, clean = l.clean,
    found = case when b.is_another then '' else r.found end,
    person_id = case when b.is_another then null else r.person_id end,
    sure = case when b.is_another then null else r.sure end
  from before b join lines l on l.number = b.number
  where r.id = b.id and (r.sent, r.fixed, r.clean) is distinct from (l.sent, l.fixed, l.clean)
), forgotten as (
  delete from returns_candidate c using before b where c.row_id = b.id and b.is_another
), gone as (
  -- Lines the file no longer holds; what somebody added on the page never stood in it.
  delete from returns_intakerow r where %(whole_file)s and r.intake_id = %(intake)s and r.sent <> '{}'
    and not exists (select from lines l where l.number = r.number)
)
insert into returns_intakerow (intake_id, number, sent, fixed, clean, left_out, found, outcome, seen)
select %(intake)s, l.number, l.sent, l.fixed, l.clean, false, '', '', '' from lines l
where not exists (select from before b where b.number = l.number)
