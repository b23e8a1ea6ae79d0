-- Notes whom a statement touched, in whichever of the tables that a row of the figures is made from.

-- An act of many statements about the same people notes them itself, once: it sets neet.stir to 'later' for its
-- transaction, and takes that back when it has put them into tracking_stirred.
create or replace function tracking_stirs_later() returns boolean language sql stable as $$
  select coalesce(current_setting('neet.stir', true) = 'later', false)
$$;

create or replace function tracking_stir_people() returns trigger language plpgsql as $$
begin
  if tracking_stirs_later() then
    return null;
  end if;
  case tg_op
    when 'INSERT' then insert into tracking_stirred select authority_id, id from new_rows;
    when 'DELETE' then insert into tracking_stirred select authority_id, id from old_rows;
    else
      insert into tracking_stirred
      select authority_id, id from new_rows union select authority_id, id from old_rows;
  end case;
  return null;
end $$;

create or replace function tracking_stir_facts() returns trigger language plpgsql as $$
begin
  if tracking_stirs_later() then
    return null;
  end if;
  case tg_op
    when 'INSERT' then
      insert into tracking_stirred select distinct p.authority_id, p.id
      from new_rows n join tracking_youngperson p on p.id = n.person_id;
    when 'DELETE' then
      insert into tracking_stirred select distinct p.authority_id, p.id
      from old_rows o join tracking_youngperson p on p.id = o.person_id;
    else
      insert into tracking_stirred select p.authority_id, p.id
      from (select person_id from new_rows union select person_id from old_rows) n
      join tracking_youngperson p on p.id = n.person_id;
  end case;
  return null;
end $$;

do $$ declare touched text; teller text; begin
  foreach touched in array array['tracking_youngperson', 'tracking_situation', 'tracking_activity',
      'tracking_residence', 'tracking_characteristic', 'tracking_guarantee', 'tracking_responsibility'] loop
    teller := case touched when 'tracking_youngperson' then 'tracking_stir_people' else 'tracking_stir_facts' end;
    execute format('create or replace trigger stir_insert after insert on %I referencing new table as new_rows
                    for each statement execute function %I()', touched, teller);
    execute format('create or replace trigger stir_update after update on %I
                    referencing old table as old_rows new table as new_rows
                    for each statement execute function %I()', touched, teller);
    execute format('create or replace trigger stir_delete after delete on %I referencing old table as old_rows
                    for each statement execute function %I()', touched, teller);
  end loop;
end $$;
