-- CCIS numbers of people entered here: the authority's three digits and ten from one sequence, passing over numbers
-- that came from another system.
create sequence if not exists tracking_young_person_number;

create or replace function tracking_next_number(authority bigint) returns text language plpgsql as $$
declare
  first_digits text := (select database_id from schools_authority where id = authority);
  number text;
begin
  loop
    number := first_digits || lpad(nextval('tracking_young_person_number')::text, 10, '0');
    exit when not exists (select from tracking_youngperson where young_person_id = number);
  end loop;
  return number;
end $$;
