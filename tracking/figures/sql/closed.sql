-- A month that is signed off stands: nobody changes or removes its rows, whoever asks. The one way back is to take the
-- sign-off back inside a recorded act. An erasure may empty `person_id`; the owner may lift the guard on purpose.
create or replace function tracking_is_lifted(held regclass) returns boolean language sql stable as $$
  select current_setting('neet.guard', true) = 'lifted'
    and pg_has_role(current_user, (select relowner from pg_class where oid = held), 'member')
$$;

create or replace function tracking_closed_freeze() returns trigger language plpgsql as $$
begin
  if old.closed_at is null or tracking_is_lifted(tg_relid) then
    return case when tg_op = 'DELETE' then old else new end;
  end if;
  if tg_op = 'UPDATE' and new.closed_at is null and coalesce(current_setting('neet.audit_event', true), '') <> ''
      and to_jsonb(new) - 'closed_at' = to_jsonb(old) - 'closed_at' then
    return new;
  end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - 'frozen_by_id' = to_jsonb(old) - 'frozen_by_id' and new.frozen_by_id is null then
    return new; -- an account that was removed
  end if;
  raise exception 'this month is signed off' using errcode = 'insufficient_privilege';
end $$;
create or replace trigger tracking_freeze_closed before update or delete on tracking_freeze
for each row execute function tracking_closed_freeze();

create or replace function tracking_closed_rows() returns trigger language plpgsql as $$
declare
  closed boolean;
begin
  if tracking_is_lifted(tg_relid) then
    return null;
  end if;
  if tg_op = 'DELETE' then
    select exists (select from (select distinct freeze_id from was) w join tracking_freeze f on f.id = w.freeze_id
                   where f.closed_at is not null) into closed;
  elsif tg_op = 'INSERT' then
    select exists (select from (select distinct freeze_id from now_there) n join tracking_freeze f on f.id = n.freeze_id
                   where f.closed_at is not null) into closed;
  else
    select exists (
      select from was w join tracking_freeze f on f.id = w.freeze_id left join now_there n on n.id = w.id
      where f.closed_at is not null and (n.id is null or to_jsonb(n) ->> 'person_id' is not null
        or to_jsonb(n) - 'person_id' <> to_jsonb(w) - 'person_id')
    ) or exists (
      select from now_there n join tracking_freeze f on f.id = n.freeze_id left join was w on w.id = n.id
      where f.closed_at is not null and w.freeze_id is distinct from n.freeze_id
    ) into closed;
  end if;
  if closed then
    raise exception 'this month is signed off' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;

-- One trigger each for what comes, changes and goes: rows that a statement touched can be read only so.
create or replace procedure tracking_guard_closed(held text) language plpgsql as $$
begin
  execute format('create or replace trigger closed_insert after insert on %I referencing new table as now_there
                  for each statement execute function tracking_closed_rows()', held);
  execute format('create or replace trigger closed_update after update on %I
                  referencing old table as was new table as now_there
                  for each statement execute function tracking_closed_rows()', held);
  execute format('create or replace trigger closed_delete after delete on %I referencing old table as was
                  for each statement execute function tracking_closed_rows()', held);
end $$;
call tracking_guard_closed('tracking_monthrecord');
call tracking_guard_closed('tracking_monthtally');

-- The serving role reaches a month's rows through the table of all months alone, and changes nothing in them but
-- whose they are.
revoke update on tracking_monthrecord, tracking_monthtally from neet_app;
grant update (person_id) on tracking_monthrecord to neet_app;
do $$ declare part text; begin
  for part in select inhrelid::regclass::text from pg_inherits where inhparent = 'tracking_monthrecord'::regclass loop
    execute format('revoke all on %s from neet_app', part);
    execute format('call tracking_guard_closed(%L)', part);
  end loop;
end $$;
