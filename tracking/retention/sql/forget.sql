-- The last line before an erasure: no stone is set while a hold stands. One that is set again after a restore (it has
-- no run) is: whoever was erased stays erased, whatever the backup still held.
create or replace function tracking_hold_stands() returns trigger language plpgsql as $$
begin
  if new.run_id is not null and exists (
    select from tracking_legalhold h
    where h.lifted_at is null and (h.until is null or h.until >= neet_today())
      and (h.person_id = new.person_id or h.person_id is null and h.authority_id = new.authority_id)
  ) then
    raise exception 'a legal hold stands' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create or replace trigger tombstone_no_hold before insert on tracking_tombstone
for each row execute function tracking_hold_stands();

-- Takes away what the serving role may not: the histories, the confirmations and the derived situations of people for
-- whom this very transaction has set a stone, and of nobody else.
create or replace function tracking_forget(people bigint[]) returns bigint language plpgsql security definer
set search_path from current as $$
declare
  past text;
  went bigint;
  total bigint := 0;
  guard text := coalesce(current_setting('neet.guard', true), '');
begin
  if exists (select from unnest(people) p where not exists (
      select from tracking_tombstone t
      where t.person_id = p and t.transaction = pg_current_xact_id()::text::bigint)) then
    raise exception 'nobody is forgotten without a stone' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('neet.guard', 'lifted', true);
  delete from tracking_confirmation c using tracking_activity_history a
  where a.person_id = any(people) and c.activity_id = a.id;
  get diagnostics total = row_count;
  for past in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'person_id'
    where c.relnamespace = (select relnamespace from pg_class where oid = 'tracking_tombstone'::regclass)
      and c.relkind = 'r' and c.relname like '%\_history' and not a.attisdropped
  loop
    execute format('delete from %I where person_id = any($1)', past) using people;
    get diagnostics went = row_count;
    total := total + went;
  end loop;
  delete from tracking_youngperson_history where id = any(people);
  get diagnostics went = row_count;
  delete from tracking_situation where person_id = any(people);
  perform set_config('neet.guard', guard, true);
  return total + went;
end $$;
