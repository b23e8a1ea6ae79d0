-- Takes back what one audited act did. What it changed goes back to what stood before, what it added is removed, what
-- it removed returns, confirmations it added are voided: each where the act's word is still the last one. What stays
-- is named in `left_ids`.
--
-- Activities, addresses, circumstances, objections and responsibilities of a person hang together (one primary
-- activity at a time, one current address): they go back together, or, where anybody wrote one of them since or
-- confirmed what the act added, stay together. A person the act added goes whole, or stays whole where anything
-- refers to them that the act did not write.
create or replace function tracking_undo(act bigint)
returns table (of_table text, put_back bigint, removed bigint, left_ids bigint[]) language plpgsql security definer
set search_path from current as $$
declare
  kept text;
  past text;
  cols text;
  owner_column text;
  needed text;
  bookkeeping constant text[] := array['recorded_at', 'superseded_at', 'superseded_event', 'event_id', 'history_id'];
  together constant text[] := array['activity', 'residence', 'characteristic', 'objection', 'responsibility'];
  all_kept constant text[] := array['activity', 'characteristic', 'residence', 'guarantee', 'objection',
                                    'responsibility', 'contactpoint', 'formername', 'offer', 'concern', 'consent',
                                    'youngperson'];
begin
  create temp table undo_rows (
    of text, id bigint, person_id bigint, what text, before_id bigint, is_last boolean, primary key (of, id)
  ) on commit drop;

  -- Every row the act wrote: what it did to it, the version before, and whether its word is still the last one.
  foreach kept in array all_kept loop
    of_table := 'tracking_' || kept;
    past := of_table || '_history';
    owner_column := case kept when 'youngperson' then 'id' else 'person_id' end;
    execute format($f$
      with mine as (
        select id, min(history_id) as first_id, max(history_id) as last_id from %1$I where event_id = $1 group by id
      ), gone as (
        select id, history_id from %1$I h where superseded_event = $1 and not exists (
          select from %1$I later where later.id = h.id and later.history_id > h.history_id)
      )
      insert into undo_rows
      select $2, m.id, l.%3$I, case when b.history_id is null then 'added' else 'changed' end, b.history_id,
        t.id is not null and (l.superseded_at is null or to_jsonb(t) = to_jsonb(l) - $3)
      from mine m
      join %1$I l on l.history_id = m.last_id
      left join %2$I t on t.id = m.id
      left join lateral (
        select history_id from %1$I x where x.id = m.id and x.history_id < m.first_id order by history_id desc limit 1
      ) b on true
      where not exists (select from gone g where g.id = m.id)
      union all
      select $2, g.id, x.%3$I, 'removed', g.history_id, true
      from gone g join %1$I x on x.history_id = g.history_id
      where x.event_id is distinct from $1 and not exists (select from %2$I t where t.id = g.id)
    $f$, past, of_table, owner_column) using act, kept, bookkeeping;
  end loop;
  analyze undo_rows;

  -- Rows that hang together: somebody wrote another one of the same person since.
  foreach kept in array together loop
    of_table := 'tracking_' || kept;
    past := of_table || '_history';
    execute format($f$
      with bound as (
        select max(history_id) as last_id from %1$I where event_id = $1
      ), since as (
        select distinct t.person_id from bound, undo_rows u join %2$I t on t.person_id = u.person_id
        left join lateral (
          select * from %1$I h where h.id = t.id and h.history_id <= bound.last_id order by h.history_id desc limit 1
        ) h on true
        where u.of = $2 and not exists (select from undo_rows o where o.of = $2 and o.id = t.id)
          and (h.id is null or h.superseded_at is not null and to_jsonb(t) <> to_jsonb(h) - $3)
        union
        select person_id from undo_rows where of = $2 and not is_last
      )
      update undo_rows u set is_last = false from since s where u.of = $2 and u.person_id = s.person_id
    $f$, past, of_table) using act, kept, bookkeeping;
  end loop;
  update undo_rows u set is_last = false
  from (
    select distinct m.person_id from undo_rows m join tracking_confirmation c on c.activity_id = m.id
    where m.of = 'activity' and m.what = 'added' and c.event_id is distinct from act and c.voids_id is null
      and not exists (select from tracking_confirmation v where v.voids_id = c.id)
  ) confirmed
  where u.of = 'activity' and u.person_id = confirmed.person_id;

  -- People the act added, of whom something will stay.
  select string_agg(format(
    'select r.%1$I from %2$s r where r.%1$I = p.id and not exists (select from undo_rows m where m.of = %3$L
       and m.id = r.%4$I and m.what = ''added'' and m.is_last)',
    a.attname, c.conrelid::regclass, substr(c.conrelid::regclass::text, 10), k.attname), ' union all ')
  into needed
  from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  join pg_constraint pk on pk.conrelid = c.conrelid and pk.contype = 'p'
  join pg_attribute k on k.attrelid = c.conrelid and k.attnum = pk.conkey[1]
  where c.confrelid = 'tracking_youngperson'::regclass and c.contype = 'f'
    and c.conrelid <> 'tracking_situation'::regclass;
  execute format($f$
    with staying as (
      select p.id from undo_rows p where p.of = 'youngperson' and p.what = 'added' and (
        exists (select from undo_rows m where m.person_id = p.id and not m.is_last) or exists (%s))
    )
    update undo_rows u set is_last = false from staying s where u.person_id = s.id
  $f$, needed);

  perform set_config('neet.situate', 'later', true);
  delete from tracking_situation s using undo_rows u
  where u.of = 'youngperson' and u.what = 'added' and u.is_last and s.person_id = u.id;
  foreach kept in array all_kept loop
    of_table := 'tracking_' || kept;
    past := of_table || '_history';
    select string_agg(quote_ident(attname), ', ' order by attnum) into cols from pg_attribute
    where attrelid = of_table::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'id';
    execute format($f$ delete from %1$I t using undo_rows u
      where u.of = $1 and u.what = 'added' and u.is_last and t.id = u.id $f$, of_table) using kept;
    get diagnostics removed = row_count;
    execute format($f$ update %1$I t set (%2$s) = (select %2$s from %3$I h where h.history_id = u.before_id)
      from undo_rows u where u.of = $1 and u.what = 'changed' and u.is_last and t.id = u.id $f$,
      of_table, cols, past) using kept;
    get diagnostics put_back = row_count;
    execute format($f$ insert into %1$I (id, %2$s) select id, %2$s from %3$I where history_id = any(array(
        select before_id from undo_rows where of = $1 and what = 'removed' and is_last)) $f$,
      of_table, cols, past) using kept;
    select put_back + count(*) filter (where what = 'removed' and is_last),
      coalesce(array_agg(id) filter (where not is_last), '{}')
    into put_back, left_ids from undo_rows where of = kept;
    return next;
  end loop;

  of_table := 'tracking_confirmation';
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at, voids_id)
  select c.activity_id, c.verified_on, c.source, c.by_id, neet_moment(), c.id from tracking_confirmation c
  where c.event_id = act and c.voids_id is null
    and not exists (select from tracking_confirmation v where v.voids_id = c.id)
    and not exists (select from undo_rows u where u.of = 'activity' and u.id = c.activity_id and not u.is_last);
  get diagnostics put_back = row_count;
  removed := 0;
  select coalesce(array_agg(c.id), '{}') into left_ids from tracking_confirmation c
  where c.event_id = act and c.voids_id is null
    and exists (select from undo_rows u where u.of = 'activity' and u.id = c.activity_id and not u.is_last);
  return next;

  perform set_config('neet.situate', '', true);
  perform tracking_situate(array(
    select person_id from undo_rows where of = 'activity'
    union select a.person_id from tracking_confirmation c join tracking_activity a on a.id = c.activity_id
    where c.event_id = act));
  drop table undo_rows;
end $$;
