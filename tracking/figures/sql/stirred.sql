-- Notes whom a statement touched, in whichever of the tables that a row of the figures is made from.
create or replace function tracking_stir_people() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into tracking_stirred select authority_id, id from old_rows;
  end if;
  if tg_op <> 'DELETE' then
    insert into tracking_stirred select authority_id, id from new_rows;
  end if;
  return null;
end $$;

create or replace function tracking_stir_facts() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    insert into tracking_stirred select distinct p.authority_id, p.id
    from old_rows o join tracking_youngperson p on p.id = o.person_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into tracking_stirred select distinct p.authority_id, p.id
    from new_rows n join tracking_youngperson p on p.id = n.person_id;
  end if;
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
