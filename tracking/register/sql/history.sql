-- The moment and the day by the house's clock (neet/clock.py moves it in development by the setting neet.clock_offset).
create or replace function neet_moment() returns timestamptz language sql stable parallel safe as $$
  select now() + coalesce(nullif(current_setting('neet.clock_offset', true), ''), '0')::interval
$$;

-- The moment of this very statement. History is dated by it, so that what is written after a freeze, in a transaction
-- that began before, counts as later (tracking/figures/actions.py).
create or replace function neet_instant() returns timestamptz language sql volatile as $$
  select clock_timestamp() + coalesce(nullif(current_setting('neet.clock_offset', true), ''), '0')::interval
$$;

create or replace function neet_today() returns date language sql stable parallel safe as $$
  select (neet_moment() at time zone 'Europe/London')::date
$$;

-- neet_keep_history('table') gives a table its history: one row per version, with when it was recorded, when it was
-- superseded and the audit events behind both. Called again after a column is added, it catches the history up.
-- Whoever asks how one council or one person was known finds them by what the rows say: all of England's are many.
create or replace procedure neet_keep_history(kept text) language plpgsql as $proc$
declare
  past text := kept || '_history';
  cols text;
  missing record;
  asked text;
begin
  if to_regclass(past) is null then
    execute format('create table %I (like %I)', past, kept);
    execute format('alter table %I add recorded_at timestamptz not null, add superseded_at timestamptz,
                    add event_id bigint, add history_id bigint generated always as identity primary key', past);
    execute format('create index on %I (id, recorded_at)', past);
    execute format('create unique index on %I (id) where superseded_at is null', past);
  end if;
  execute format('alter table %I add column if not exists superseded_event bigint', past);
  for missing in
    select a.attname, format_type(a.atttypid, a.atttypmod) as kind from pg_attribute a
    where a.attrelid = kept::regclass and a.attnum > 0 and not a.attisdropped
      and not exists (select 1 from pg_attribute h
                      where h.attrelid = past::regclass and h.attname = a.attname and not h.attisdropped)
  loop
    execute format('alter table %I add %I %s', past, missing.attname, missing.kind);
  end loop;
  select string_agg(quote_ident(attname), ', ' order by attnum) into cols from pg_attribute
  where attrelid = kept::regclass and attnum > 0 and not attisdropped;

  foreach asked in array array['person_id', 'authority_id'] loop
    if exists (select from pg_attribute where attrelid = past::regclass and attname = asked and not attisdropped) then
      execute format('create index if not exists %I on %I (%I, recorded_at)',
                     past || '_' || asked || '_idx', past, asked);
    end if;
  end loop;

  execute format($f$
    create or replace function %1$I() returns trigger language plpgsql security definer
    set search_path from current as $body$
    declare
      event bigint := nullif(current_setting('neet.audit_event', true), '')::bigint;
      instant timestamptz := neet_instant();
    begin
      if tg_op <> 'INSERT' then
        update %2$I h set superseded_at = instant, superseded_event = event
        from old_rows o where h.id = o.id and h.superseded_at is null;
      end if;
      if tg_op <> 'DELETE' then
        insert into %2$I (%3$s, recorded_at, event_id) select %3$s, instant, event from new_rows;
      end if;
      return null;
    end $body$ $f$, kept || '_remember', past, cols);
  execute format('drop trigger if exists remember_insert on %1$I; drop trigger if exists remember_update on %1$I;
                  drop trigger if exists remember_delete on %1$I', kept);
  execute format('create trigger remember_insert after insert on %1$I referencing new table as new_rows
                  for each statement execute function %2$I()', kept, kept || '_remember');
  execute format('create trigger remember_update after update on %1$I
                  referencing old table as old_rows new table as new_rows
                  for each statement execute function %2$I()', kept, kept || '_remember');
  execute format('create trigger remember_delete after delete on %1$I referencing old table as old_rows
                  for each statement execute function %2$I()', kept, kept || '_remember');

  execute format($f$
    create or replace function %1$I(moment timestamptz) returns setof %2$I language sql stable as $body$
      select %3$s from %4$I where recorded_at <= moment and (superseded_at is null or superseded_at > moment)
    $body$ $f$, kept || '_as_known', kept, cols, past);
end $proc$;
