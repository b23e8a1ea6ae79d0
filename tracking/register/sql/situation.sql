-- The last day an activity counts without a fresh confirmation (nccis.md section 4; tracking/rules/currency.py says
-- the same in Python and a test holds them together). Null: it does not lapse.
create or replace function tracking_lapses_on(
  basis text, months int, days int, capped boolean, verified date, review date, predicted_end date
) returns date language sql immutable parallel safe as $$
  select case when basis = 'never' then null else least(
    case basis
      when 'academic_year_end' then
        make_date(extract(year from verified)::int + (extract(month from verified) > 8)::int, 8, 31)
      when 'review' then (coalesce(review, verified) + make_interval(months => months, days => days))::date
      when 'verified' then (verified + make_interval(months => months, days => days))::date
    end,
    case when capped then predicted_end end
  ) end
$$;

-- The first day of the unbroken run of NEET activities that holds the given day.
create or replace function tracking_neet_since(person bigint, day date) returns date language sql stable as $$
  with spells as (
    select a.starts_on, a.ends_on, exists (
      select 1 from tracking_activitycode c where c.code = a.code and c.is_neet
        and c.valid_from <= a.starts_on and (c.valid_to is null or c.valid_to >= a.starts_on)) as is_neet
    from tracking_activity a where a.person_id = person and a.is_primary and a.starts_on <= day
  ), broken as (
    select *, lag(is_neet) over w is distinct from true
      or lag(ends_on) over w is distinct from starts_on - 1 as begins
    from spells window w as (order by starts_on)
  )
  select max(starts_on) from broken where is_neet and begins
$$;

-- Where each of these young people stands on a day (null: everybody): the primary activity of that day, its latest
-- confirmation on or before it, and when it lapses.
create or replace function tracking_situations(day date, people bigint[])
returns table (
  person_id bigint, activity_id bigint, code varchar, starts_on date, ends_on date,
  verified_on date, lapses_on date, neet_since_on date, changes_on date
) language sql stable as $$
  select p.id, a.id, coalesce(a.code, ''), a.starts_on, a.ends_on, v.verified_on,
    -- What was said before the start counts from the start; greatest() passes over an empty day.
    tracking_lapses_on(r.basis, r.months, r.days, r.capped_by_end,
      greatest(v.verified_on, a.starts_on), a.review_on, a.predicted_end_on),
    case when c.is_neet then coalesce(a.neet_since_on, tracking_neet_since(p.id, a.starts_on)) end,
    n.starts_on
  -- Joined, not "id = any(people)": that would compare everybody with every one of a long list.
  from (
    select distinct unnest(people) as id where people is not null
    union all select id from tracking_youngperson where people is null
  ) wanted
  join tracking_youngperson p on p.id = wanted.id
  left join lateral (
    select * from tracking_activity x
    where x.person_id = p.id and x.is_primary and x.starts_on <= day and (x.ends_on is null or x.ends_on >= day)
    order by x.starts_on desc, x.id desc limit 1
  ) a on true
  left join lateral (
    select y.verified_on from tracking_confirmation y
    where y.activity_id = a.id and y.verified_on <= day and y.voids_id is null
      and not exists (select 1 from tracking_confirmation z where z.voids_id = y.id)
    order by y.verified_on desc limit 1
  ) v on true
  left join lateral (
    select min(x.starts_on) as starts_on from tracking_activity x
    where x.person_id = p.id and x.is_primary and x.starts_on > day
  ) n on true
  left join tracking_currencyrule r
    on r.code = a.code and r.valid_from <= day and (r.valid_to is null or r.valid_to >= day)
  left join tracking_activitycode c
    on c.code = a.code and c.valid_from <= day and (c.valid_to is null or c.valid_to >= day)
$$;

-- Writes the situations of these young people (null: everybody) anew.
create or replace function tracking_situate(people bigint[]) returns void language plpgsql security definer
set search_path from current as $$
begin
  insert into tracking_situation as s (
    person_id, authority_id, activity_id, code, starts_on, ends_on, verified_on, lapses_on, neet_since_on, changes_on
  )
  select f.person_id, p.authority_id, f.activity_id, f.code, f.starts_on, f.ends_on, f.verified_on, f.lapses_on,
    f.neet_since_on, f.changes_on
  from tracking_situations(neet_today(), people) f join tracking_youngperson p on p.id = f.person_id
  on conflict (person_id) do update set
    authority_id = excluded.authority_id, activity_id = excluded.activity_id, code = excluded.code,
    starts_on = excluded.starts_on, ends_on = excluded.ends_on, verified_on = excluded.verified_on,
    lapses_on = excluded.lapses_on, neet_since_on = excluded.neet_since_on, changes_on = excluded.changes_on
  where (s.authority_id, s.activity_id, s.code, s.starts_on, s.ends_on, s.verified_on, s.lapses_on, s.neet_since_on,
         s.changes_on)
    is distinct from (excluded.authority_id, excluded.activity_id, excluded.code, excluded.starts_on, excluded.ends_on,
                      excluded.verified_on, excluded.lapses_on, excluded.neet_since_on, excluded.changes_on);
end $$;

-- A situation lies with the council whose young person it is about.
create or replace function tracking_situation_follows() returns trigger language plpgsql security definer
set search_path from current as $$
begin
  update tracking_situation set authority_id = new.authority_id where person_id = new.id;
  return null;
end $$;

create or replace trigger situation_follows after update of authority_id on tracking_youngperson
  for each row when (old.authority_id is distinct from new.authority_id) execute function tracking_situation_follows();

-- An act that writes many activities in several statements asks for situations once, at its end: it sets
-- neet.situate to 'later' for its transaction and calls tracking_situate itself.
create or replace function tracking_situates_later() returns boolean language sql stable as $$
  select coalesce(current_setting('neet.situate', true) = 'later', false)
$$;

create or replace function tracking_situate_new_rows() returns trigger language plpgsql as $$
begin
  if tracking_situates_later() then
    return null;
  end if;
  perform tracking_situate(array(select distinct person_id from new_rows));
  return null;
end $$;

create or replace function tracking_situate_old_rows() returns trigger language plpgsql as $$
begin
  if tracking_situates_later() then
    return null;
  end if;
  perform tracking_situate(array(
    select distinct o.person_id from old_rows o join tracking_youngperson p on p.id = o.person_id));
  return null;
end $$;

create or replace function tracking_situate_newcomers() returns trigger language plpgsql as $$
begin
  if tracking_situates_later() then
    return null;
  end if;
  perform tracking_situate(array(select id from new_rows));
  return null;
end $$;

create or replace function tracking_situate_confirmed() returns trigger language plpgsql as $$
begin
  if tracking_situates_later() then
    return null;
  end if;
  perform tracking_situate(array(
    select distinct a.person_id from new_rows n join tracking_activity a on a.id = n.activity_id));
  return null;
end $$;

create or replace trigger situate_newcomers after insert on tracking_youngperson referencing new table as new_rows
  for each statement execute function tracking_situate_newcomers();
create or replace trigger situate_insert after insert on tracking_activity referencing new table as new_rows
  for each statement execute function tracking_situate_new_rows();
create or replace trigger situate_update after update on tracking_activity referencing new table as new_rows
  for each statement execute function tracking_situate_new_rows();
create or replace trigger situate_delete after delete on tracking_activity referencing old table as old_rows
  for each statement execute function tracking_situate_old_rows();
create or replace trigger situate_confirmed after insert on tracking_confirmation referencing new table as new_rows
  for each statement execute function tracking_situate_confirmed();
