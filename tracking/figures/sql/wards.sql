-- Keeps in which ward the people of a frozen month lived, once, by the address of the month's last day as it was known
-- at the freeze: for months frozen before there was a directory of postcodes. Runs as the owner, who alone may lift the
-- guard of a month that is signed off; tells of how many the ward is known.
create or replace function tracking_keep_wards(which bigint) returns bigint language plpgsql security definer
set search_path from current as $$
declare
  held tracking_freeze;
  guard text := coalesce(current_setting('neet.guard', true), '');
  known bigint;
begin
  select * into held from tracking_freeze where id = which and not has_wards for update;
  if not found or not exists (select from tracking_postcode where ward_code <> '') then
    return 0;
  end if;
  perform set_config('neet.guard', 'lifted', true);
  with home as (
    select distinct on (x.person_id) x.person_id, x.postcode from tracking_residence_as_known(held.frozen_at) x
    where x.person_id in (select person_id from tracking_monthrecord where freeze_id = which and month = held.month)
      and (x.starts_on is null or x.starts_on <= held.month) and (x.ends_on is null or x.ends_on >= held.month)
    order by x.person_id, x.starts_on desc nulls last, x.id desc
  )
  update tracking_monthrecord r set ward_code = lies.ward_code
  from home join tracking_postcode lies
    on lies.postcode = upper(regexp_replace(home.postcode, '[^A-Za-z0-9]', '', 'g')) and lies.ward_code <> ''
  where r.freeze_id = which and r.month = held.month and r.person_id = home.person_id;
  get diagnostics known = row_count;
  update tracking_freeze set has_wards = true where id = which;
  perform set_config('neet.guard', guard, true);
  return known;
end $$;
