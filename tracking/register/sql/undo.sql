-- Takes back what one audited act changed. A row goes back only where that act's change is still the current one;
-- the rest is named in `left_ids`. What the act added is removed, a person only when nothing else refers to them;
-- confirmations it added are voided. Acts that are undone this way never delete.
create or replace function tracking_undo(act bigint)
returns table (of_table text, put_back bigint, removed bigint, left_ids bigint[]) language plpgsql security definer
set search_path from current as $$
declare
  kept text;
  cols text;
  unless_needed text;
begin
  create temp table undo_mine (id bigint primary key, has_past boolean not null) on commit drop;
  foreach kept in array array['activity', 'characteristic', 'residence', 'guarantee', 'objection', 'responsibility',
                              'contactpoint', 'formername', 'youngperson'] loop
    of_table := 'tracking_' || kept;
    select string_agg(quote_ident(attname), ', ' order by attnum) into cols from pg_attribute
    where attrelid = of_table::regclass and attnum > 0 and not attisdropped and attidentity <> 'a'
      and attname <> 'id' and attgenerated = '';
    truncate undo_mine;
    execute format($f$
      insert into undo_mine select h.id, exists (
        select 1 from %1$I p where p.id = h.id and p.event_id is distinct from $1 and p.history_id < h.history_id)
      from %1$I h where h.event_id = $1 and h.superseded_at is null
        and exists (select 1 from %2$I t where t.id = h.id) $f$, of_table || '_history', of_table) using act;

    unless_needed := '';
    if kept = 'youngperson' then
      select coalesce(string_agg(format(' and not exists (select 1 from %s r where r.%I = t.id)',
                                        c.conrelid::regclass, a.attname), ''), '')
      into unless_needed
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
      where c.confrelid = 'tracking_youngperson'::regclass and c.contype = 'f'
        and c.conrelid <> 'tracking_situation'::regclass;
      execute format($f$ delete from tracking_situation s using undo_mine m, tracking_youngperson t
        where s.person_id = m.id and t.id = m.id and not m.has_past %s $f$, unless_needed);
    end if;
    execute format('delete from %I t using undo_mine m where t.id = m.id and not m.has_past %s',
                   of_table, unless_needed);
    get diagnostics removed = row_count;

    execute format($f$
      update %1$I t set (%2$s) = (
        select %2$s from %3$I h where h.id = t.id and h.event_id is distinct from $1
        order by h.history_id desc limit 1)
      from undo_mine m where m.id = t.id and m.has_past $f$, of_table, cols, of_table || '_history') using act;
    get diagnostics put_back = row_count;

    execute format($f$
      select array_agg(distinct h.id) from %1$I h join %2$I t on t.id = h.id
      where h.event_id = $1 and (h.superseded_at is not null and not exists (select 1 from undo_mine m where m.id = h.id)
        or h.superseded_at is null) $f$, of_table || '_history', of_table) into left_ids using act;
    left_ids := coalesce(left_ids, '{}');
    return next;
  end loop;

  of_table := 'tracking_confirmation';
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at, voids_id)
  select c.activity_id, c.verified_on, c.source, c.by_id, neet_moment(), c.id from tracking_confirmation c
  where c.event_id = act and c.voids_id is null
    and not exists (select 1 from tracking_confirmation v where v.voids_id = c.id);
  get diagnostics put_back = row_count;
  removed := 0;
  left_ids := '{}';
  return next;
  drop table undo_mine;
end $$;
