-- Where one month's records lie. Attached to the parent afterwards: that way nobody who reads figures waits.
-- The serving role may ask for a month; making tables stays the owner's.
create or replace function tracking_month_partition(month_end date) returns void language plpgsql security definer
set search_path from current as $$
declare
  part text := format('tracking_monthrecord_%s', to_char(month_end, 'YYYY_MM'));
  first_day date := date_trunc('month', month_end);
begin
  perform pg_advisory_xact_lock(hashtext(part));
  if to_regclass(part) is null then
    execute format('create table %I (like tracking_monthrecord including defaults including indexes including constraints)', part);
    execute format('alter table tracking_monthrecord attach partition %I for values from (%L) to (%L)',
                   part, first_day, (first_day + interval '1 month')::date);
    execute format('revoke all on %I from neet_app', part); -- reached through the table of all months alone
    call tracking_guard_closed(part);
  end if;
end $$;
