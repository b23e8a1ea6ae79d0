-- Takes the rows of a checked return into the register. Named steps, run in this order in one transaction, each
-- for however many rows; each answers with a number. What a return leaves empty never erases what is known.

-- planned_for
-- For this transaction: a register lies in memory, so that the people of a return are fetched from it one
-- by one, not by reading what everybody does; and what is sorted and hashed stays in memory too.
select count(*) from (
  select set_config('random_page_cost', '1.1', true), set_config('work_mem', '64MB', true)) told

-- rows_taken
create temp table arriving on commit drop as
with said as (
  select r.id as row_id, r.number, r.person_id, r.decided_at is not null as is_decided, r.clean,
    r.sent || r.fixed || r.clean as told,
    coalesce(r.clean ->> 'objection' = 'Y' or r.clean ->> 'assent' = 'N', false) as objects_now
  from returns_intakerow r
  where r.intake_id = %(intake)s and not r.left_out and r.applied_event is null and r.outcome = any(%(outcomes)s)
    and (%(rows)s::bigint[] is null or r.id = any(%(rows)s))
), minded as materialized (
  -- Kept as they are, these two steps are asked once a row; written out where they are used they would be asked once
  -- for every column.
  select s.*, s.objects_now or s.person_id in (
    {objecting}) as objects
  from said s
), kept as materialized (
  select *, case when objects then clean - %(dropped)s::text[] else clean end as v,
    case when objects then (
      select count(*) from jsonb_each_text(told) e where e.key = any(%(dropped)s) and e.value <> '') else 0 end as withheld
  from minded
)
select row_number() over (order by number) as place, row_id, null::text as answer, number, person_id,
  person_id is null as is_new, is_decided, objects_now, coalesce(objects, false) as objects, withheld,
  coalesce(x.family_name, '') as family_name, coalesce(x.given_name, '') as given_name,
  coalesce(x.middle_name, '') as middle_name, nullif(x.date_of_birth, '')::date as born,
  coalesce(x.gender, '') as gender, coalesce(x.upn, '') as upn, coalesce(x.uln, '') as uln,
  coalesce(x.line_1, '') as line_1, coalesce(x.line_2, '') as line_2, coalesce(x.town, '') as town,
  coalesce(x.postcode, '') as postcode, coalesce(x.telephone, '') as telephone,
  coalesce(x.mobile, '') as mobile, coalesce(x.email, '') as email,
  coalesce(x.parent_name, '') as parent_name, coalesce(x.parent_telephone, '') as parent_telephone,
  coalesce(x.parent_email, '') as parent_email, coalesce(x.activity, '') as code,
  coalesce(x.course, '') as course, coalesce(x.destination, '') as destination,
  nullif(x.starts_on, '')::date as starts_on, nullif(x.predicted_end_on, '')::date as predicted_end_on,
  nullif(x.left_on, '')::date as left_on, coalesce(x.has_plan, '') as has_plan
from kept cross join lateral jsonb_to_record(v) as x (
  family_name text, given_name text, middle_name text, date_of_birth text, gender text, upn text, uln text, line_1 text,
  line_2 text, town text, postcode text, telephone text, mobile text, email text, parent_name text,
  parent_telephone text, parent_email text, activity text, course text, destination text, starts_on text,
  predicted_end_on text, left_on text, has_plan text)
union all
select 1000000 + row_number() over (order by m.id), null, m.answer, null, m.person_id,
  false, false, false, false, 0, '', '', '', null, '', '', '', '', '', '', '', '', '', '', '', '', '', '', '',
  m.destination, null, null, m.left_on, ''
from returns_missing m
where m.intake_id = %(intake)s and m.answer in ('still_here', 'left', 'never_came') and %(rows)s::bigint[] is null

-- people_held
-- Officers' edits of the same people wait until this is over, and the other way round.
select count(*) from (
  select p.id from tracking_youngperson p where p.id in (select person_id from arriving) order by p.id
  for no key update) held

-- measured
analyze arriving (place, person_id, row_id)

-- deeds
-- What each row does to the person's activities, from when, and what stands in the way of it.
create temp table deeds on commit drop as
with present as materialized (
  select distinct on (a.person_id) a.person_id, a.id, a.code, a.starts_on, a.ends_on, a.source,
    coalesce(a.establishment_id = %(establishment)s, false) as is_here
  from arriving r join tracking_activity a on a.person_id = r.person_id
  where a.is_primary and a.starts_on <= %(as_at)s and (a.ends_on is null or a.ends_on >= %(as_at)s)
  order by a.person_id, a.starts_on desc, a.id desc
), latest as materialized (
  select distinct on (a.person_id) a.person_id, a.id, a.starts_on, a.ends_on
  from arriving r join tracking_activity a on a.person_id = r.person_id
  where a.is_primary and a.establishment_id = %(establishment)s and a.starts_on <= %(as_at)s
  order by a.person_id, a.starts_on desc, a.id desc
), beside as materialized (
  select distinct on (a.person_id) a.person_id, a.id, a.code
  from arriving r join tracking_activity a on a.person_id = r.person_id
  where not a.is_primary and a.establishment_id = %(establishment)s and a.starts_on <= %(as_at)s
    and (a.ends_on is null or a.ends_on >= %(as_at)s)
  order by a.person_id, a.starts_on desc, a.id desc
), meant as (
  select r.place, r.person_id, r.is_new, coalesce(r.born, p.date_of_birth) as born, p.cohort_status, r.starts_on as said_start,
    r.answer, r.left_on, c.id as present_id, c.code as present_code, c.starts_on as present_start, c.is_here, c.source,
    l.id as latest_id, l.starts_on as latest_start, l.ends_on as latest_end, b.id as beside_id, b.code as beside_code,
    coalesce(nullif(r.code, ''), case when c.is_here and c.code = any(%(learning)s) then c.code end,
             %(full_time_here)s) as code,
    c.code = any(%(not_known)s) as gives_way,
    row_number() over (partition by coalesce(r.person_id, -r.place) order by r.place) as turn,
    (h.recorded_at at time zone 'Europe/London')::date as recorded_on
  from arriving r
  left join tracking_youngperson p on p.id = r.person_id
  left join tracking_youngperson_history h on h.id = r.person_id and h.superseded_at is null
  left join present c on c.person_id = r.person_id
  left join latest l on l.person_id = r.person_id
  left join beside b on b.person_id = r.person_id
), done as (
  select *, case
      when answer = 'still_here' then case when is_here then 'confirm' else 'nothing' end
      when answer in ('left', 'never_came') or left_on is not null then
        case when latest_id is null or latest_end <= left_on then 'nothing' else 'leave' end
      when is_here and code = present_code then
        case when source = %(source)s and present_start >= %(year_start)s and said_start >= %(year_start)s
          and said_start <> present_start then 'correct' else 'confirm' end
      when beside_code = code then 'confirm_beside'
      when is_here and source = %(source)s and present_start >= %(year_start)s
        and present_code = any(%(learning)s) then 'correct'
      else 'open' end as does
  from meant
), dated as (
  select *, case does
      when 'open' then case
        when said_start is null or (said_start < %(year_start)s and present_start >= said_start) then case
          when %(is_autumn)s and (present_start is null or present_start < %(year_start)s or gives_way)
            then %(year_start)s else %(as_at)s end
        else said_start end
      when 'correct' then case when said_start >= %(year_start)s then said_start else present_start end
      when 'leave' then coalesce(left_on, greatest(latest_start, %(year_start)s - 1))
    end as day
  from done
), crossed as (
  -- What the register holds from that day on, apart from stretches not known, which give way.
  select d.place, bool_or(o.starts_on = d.day) as on_the_day,
    bool_or(o.starts_on > d.day and o.starts_on <= %(as_at)s) as after_it,
    min(o.starts_on) filter (where o.starts_on > %(as_at)s) as next_on
  from dated d join tracking_activity o on o.person_id = d.person_id
  where d.does in ('open', 'correct') and o.is_primary and o.starts_on >= d.day
    and (o.starts_on > %(as_at)s or o.code <> all(%(not_known)s))
    and not (d.does = 'correct' and o.id = d.present_id)
  group by d.place
)
select d.place, d.person_id, d.is_new, d.recorded_on, d.born, d.does, d.day, d.code, d.present_id, d.present_start, x.next_on - 1 as until,
  case d.does when 'open' then nextval(pg_get_serial_sequence('tracking_activity', 'id'))
    when 'leave' then d.latest_id when 'confirm_beside' then d.beside_id when 'nothing' then null
    else d.present_id end as activity_id,
  case
    when d.turn > 1 then 'twice'
    when d.cohort_status <> all(%(tracked)s) then 'gone'
    when d.code = '' and d.does in ('open', 'correct') then 'no_activity'
    when d.does in ('open', 'correct') and d.day > %(as_at)s then 'starts_later'
    when d.does in ('open', 'correct') and d.day < d.born then 'before_birth'
    when d.does = 'leave' and d.day > %(today)s then 'leaves_later'
    when d.does = 'leave' and d.day < d.latest_start then 'left_before_start'
    when d.does = 'leave' and %(leaving)s <> 'newest' then 'kept'
    when d.does in ('open', 'correct') and d.present_id is not null and not d.gives_way and %(activity)s <> 'newest'
      then 'kept'
    when x.on_the_day then 'same_day'
    when x.after_it then 'something_since'
  end as why
from dated d left join crossed x on x.place = d.place

-- known_by_now
-- Somebody came onto the register since they were looked for: a person says who it is.
update deeds d set why = 'known_by_now' from arriving r
where r.place = d.place and r.is_new and d.why is null and not r.is_decided and (
  exists (select from tracking_youngperson p where p.authority_id = %(authority)s
    and tracking_fold(p.family_name) collate "C" = tracking_fold(r.family_name) collate "C"
    and tracking_fold(p.given_name) collate "C" = tracking_fold(r.given_name) collate "C" and p.date_of_birth = r.born)
  or exists (select from tracking_youngperson p where p.upn = r.upn and p.upn <> '' and p.authority_id = %(authority)s
    and (p.date_of_birth = r.born or tracking_fold(p.family_name) = tracking_fold(r.family_name)))
  or exists (select from tracking_youngperson p where p.uln = r.uln and p.uln <> '' and p.authority_id = %(authority)s
    and (p.date_of_birth = r.born or tracking_fold(p.family_name) = tracking_fold(r.family_name))))

-- held_back
update returns_intakerow t set outcome = case d.why when 'known_by_now' then 'doubtful' when 'kept' then 'overruled'
    else 'stopped' end
from deeds d join arriving r on r.place = d.place where d.why is not null and t.id = r.row_id

-- problems_added
insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
select %(intake)s, r.row_id, w.of_column, 'apply_' || d.why, 'note', '', w.why, w.fix, ''
from deeds d join arriving r on r.place = d.place
join unnest(%(kinds)s::text[], %(columns)s::text[], %(whys)s::text[], %(fixes)s::text[]) as w (kind, of_column, why, fix)
  on w.kind = d.why
where r.row_id is not null

-- candidates_added
insert into returns_candidate (row_id, person_id, sure, levels, verdict)
select r.row_id, p.id, 1, '{}', '' from deeds d join arriving r on r.place = d.place
join tracking_youngperson p on p.authority_id = %(authority)s and (
  p.upn = r.upn and p.upn <> '' or p.uln = r.uln and p.uln <> ''
  or p.date_of_birth = r.born and tracking_fold(p.family_name) = tracking_fold(r.family_name)
    and tracking_fold(p.given_name) = tracking_fold(r.given_name))
where d.why = 'known_by_now'
on conflict do nothing

-- held_back_put_aside
delete from arriving r using deeds d where d.place = r.place and d.why is not null

-- deeds_measured
analyze deeds (place, person_id, activity_id, does, why)

-- situations_later
-- Many statements write about the same people; their situations are derived once, and they are noted once for the
-- figures, both below.
select count(*) from (select set_config('neet.situate', 'later', true), set_config('neet.stir', 'later', true)) told

-- people_added
with numbered as (
  update arriving set person_id = nextval(pg_get_serial_sequence('tracking_youngperson', 'id'))
  where is_new returning *
), added as (
  insert into tracking_youngperson (
    id, authority_id, ref, young_person_id, previous_id, given_name, middle_name, family_name, known_as, date_of_birth,
    gender, ethnicity, upn, uln, educated_la, la_at_year_11, cohort_status, cohort_status_on, transferred_to_la,
    level_of_need, has_guarantee, intended_destination, restricted_on, restricted_reason, source, version, created_at)
  select person_id, %(authority)s, gen_random_uuid(), tracking_next_number(%(authority)s), '', given_name, middle_name,
    family_name, '', born, gender, '', upn, uln, %(la_code)s, '', %(in_cohort)s, %(as_at)s, '', '', false, '', null, '',
    'return', 1, %(now)s
  from numbered order by place
  returning 1
) select count(*) from added

-- people_told_apart
update deeds d set person_id = r.person_id from arriving r where r.place = d.place and d.is_new

-- objections_added
-- A parent makes it before the 16th birthday, the young person from then on (R31).
with made as (
  select distinct on (r.person_id) r.person_id, case
      when p.date_of_birth is not null and ((p.date_of_birth - 1 + interval '16 years')::date + 1) > %(as_at)s
        then 'parent' else 'young_person' end as made_by
  from arriving r join tracking_youngperson p on p.id = r.person_id where r.objects_now
), added as (
  insert into tracking_objection (person_id, made_by, made_on, channel)
  select m.person_id, m.made_by, %(as_at)s, 'School or college return' from made m
  where not exists (select from tracking_objection o where o.person_id = m.person_id and o.made_by = m.made_by
                    and o.withdrawn_on is null)
  returning 1
) select count(*) from added

-- values_not_kept
with forgotten as (
  update returns_intakerow t set sent = t.sent - %(dropped)s::text[], fixed = t.fixed - %(dropped)s::text[],
    clean = t.clean - %(dropped)s::text[]
  from arriving r where r.row_id = t.id and r.objects
), unsaid as (
  update returns_problem t set value = '' from arriving r
  where r.row_id = t.row_id and r.objects and t."column" = any(%(dropped)s)
), told as (
  insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
  select %(intake)s, row_id, '', 'objection', 'note', '', %(objected)s, %(objected_fix)s, ''
  from arriving where objects and withheld > 0
) select coalesce(sum(withheld), 0) from arriving where objects

-- objectors
select count(*) from arriving where objects and row_id is not null

-- differences_kept
-- What stands otherwise on the register and is not replaced by a return: told, never applied. Names that are written
-- alike are alike: only the others are folded, which takes its time.
with compared as (
  select r.row_id, v.name, v.said
  from arriving r join deeds d on d.place = r.place join tracking_youngperson p on p.id = r.person_id
  cross join lateral (values
    ('family_name', p.family_name, r.family_name, r.family_name, %(name)s, true),
    ('given_name', p.given_name, r.given_name, r.given_name, %(name)s, true),
    ('date_of_birth', coalesce(p.date_of_birth::text, ''), coalesce(r.born::text, ''), r.born::text, %(birth)s, false),
    ('upn', p.upn, r.upn, r.upn, %(number)s, false), ('uln', p.uln, r.uln, r.uln, %(number)s, false)
  ) v (name, known, wanted, said, belief, is_name)
  where not r.is_new and r.row_id is not null and v.wanted <> '' and v.known <> '' and v.known <> v.wanted
    and not (v.belief = 'newest' and d.recorded_on <= %(as_at)s)
    and (not v.is_name
      or tracking_fold(v.wanted) not in ('', tracking_fold(v.known)) and tracking_fold(v.known) <> '')
), told as (
  insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
  select %(intake)s, row_id, name, 'register_keeps', 'note', left(said, 200), %(keeps)s, %(keeps_fix)s, '' from compared
  returning 1
) select count(*) from told

-- former_names
with kept as (
  insert into tracking_formername (person_id, given_name, family_name, until)
  select p.id, p.given_name, p.family_name, %(as_at)s
  from arriving r join deeds d on d.place = r.place join tracking_youngperson p on p.id = r.person_id
  where %(name)s = 'newest' and d.recorded_on <= %(as_at)s and not r.is_new
    and r.family_name not in ('', p.family_name) and tracking_fold(r.family_name) <> tracking_fold(p.family_name)
    and not exists (select from tracking_formername f where f.person_id = p.id and f.given_name = p.given_name
                    and f.family_name = p.family_name)
  returning 1
) select count(*) from kept

-- people_changed
with wanted as (
  select p.id,
    case when is_older and %(name)s = 'newest' and r.given_name not in ('', p.given_name)
      and tracking_fold(r.given_name) <> tracking_fold(p.given_name) then r.given_name else p.given_name end as given_name,
    case when is_older and %(name)s = 'newest' and r.family_name not in ('', p.family_name)
      and tracking_fold(r.family_name) <> tracking_fold(p.family_name) then r.family_name else p.family_name end as family_name,
    case when p.middle_name = '' and %(name)s <> 'never' then r.middle_name else p.middle_name end as middle_name,
    case when r.born is not null and (p.date_of_birth is null and %(birth)s <> 'never' or is_older and %(birth)s = 'newest')
      then r.born else p.date_of_birth end as date_of_birth,
    case when r.gender <> '' and (p.gender = '' and %(birth)s <> 'never' or is_older and %(birth)s = 'newest')
      then r.gender else p.gender end as gender,
    case when r.upn <> '' and (p.upn = '' and %(number)s <> 'never' or is_older and %(number)s = 'newest')
      then r.upn else p.upn end as upn,
    case when r.uln <> '' and (p.uln = '' and %(number)s <> 'never' or is_older and %(number)s = 'newest')
      then r.uln else p.uln end as uln
  from arriving r join deeds d on d.place = r.place join tracking_youngperson p on p.id = r.person_id,
  lateral (select d.recorded_on <= %(as_at)s as is_older) known
  where not r.is_new and r.row_id is not null
), changed as (
  update tracking_youngperson p set given_name = w.given_name, family_name = w.family_name,
    middle_name = w.middle_name, date_of_birth = w.date_of_birth, gender = w.gender, upn = w.upn, uln = w.uln,
    version = p.version + 1
  from wanted w
  where w.id = p.id and (p.given_name, p.family_name, p.middle_name, p.date_of_birth, p.gender, p.upn, p.uln)
    is distinct from (w.given_name, w.family_name, w.middle_name, w.date_of_birth, w.gender, w.upn, w.uln)
  returning 1
) select count(*) from changed

-- homes
-- A new address where none is known, where the one known is older, or where this very return brought it before. The
-- address of a restricted record is not an institution's to change.
create temp table homes on commit drop as
with held as (
  select c.*, case when c.source = 'loaded' then coalesce(c.starts_on, 'epoch')
    when c.source = %(source)s then coalesce(c.starts_on, 'epoch')
    else greatest(c.starts_on, (h.recorded_at at time zone 'Europe/London')::date) end as known_on
  from tracking_residence c join tracking_residence_history h on h.id = c.id and h.superseded_at is null
  where c.ends_on is null and c.person_id in (select person_id from arriving)
)
select r.place, r.person_id, r.row_id, h.id as held_id, case
    when h.id is null then 'add'
    when %(address)s <> 'newest' or h.known_on > %(as_at)s then 'keep'
    when h.starts_on = %(as_at)s and h.source = %(source)s then 'rewrite'
    when coalesce(h.starts_on, 'epoch') >= %(as_at)s then 'keep'
    else 'move' end as does
from arriving r join tracking_youngperson p on p.id = r.person_id left join held h on h.person_id = r.person_id
where r.row_id is not null and p.restricted_on is null and %(address)s <> 'never'
  and (r.line_1 <> '' or h.id is null and r.postcode <> '')
  -- A line that only says more or less of the same house is no other address.
  and (h.id is null or r.line_1 <> '' and h.line_1 <> r.line_1 and upper(h.line_1) <> upper(r.line_1) and (h.line_1 = '' or not (
      starts_with(regexp_replace(upper(r.line_1) || ' ', '[ ,]+', ' ', 'g'),
        regexp_replace(upper(h.line_1) || ' ', '[ ,]+', ' ', 'g'))
      or starts_with(regexp_replace(upper(h.line_1) || ' ', '[ ,]+', ' ', 'g'),
        regexp_replace(upper(r.line_1) || ' ', '[ ,]+', ' ', 'g'))))
    or r.postcode <> '' and replace(h.postcode, ' ', '') <> replace(r.postcode, ' ', ''))

-- addresses_kept
insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
select %(intake)s, h.row_id, 'line_1', 'register_keeps', 'note', left(r.line_1, 200), %(keeps)s, %(keeps_fix)s, ''
from homes h join arriving r on r.place = h.place where h.does = 'keep'

-- addresses_changed
with changed as (
  update tracking_residence t set
    ends_on = case h.does when 'move' then %(as_at)s - 1 else t.ends_on end,
    line_1 = case h.does when 'rewrite' then r.line_1 else t.line_1 end,
    line_2 = case h.does when 'rewrite' then r.line_2 else t.line_2 end,
    town = case h.does when 'rewrite' then r.town else t.town end,
    postcode = case h.does when 'rewrite' then r.postcode else t.postcode end
  from homes h join arriving r on r.place = h.place
  where t.id = h.held_id and h.does in ('move', 'rewrite')
  returning 1
) select count(*) from changed

-- addresses_added
with added as (
  insert into tracking_residence
    (person_id, line_1, line_2, line_3, line_4, town, county, postcode, district_id, starts_on, ends_on, source)
  select h.person_id, r.line_1, r.line_2, '', '', r.town, '', r.postcode, (
      select n.district_id from tracking_residence n
      where replace(n.postcode, ' ', '') = replace(r.postcode, ' ', '') and n.ends_on is null and r.postcode <> ''
        and n.district_id = any(%(districts)s::bigint[]) limit 1),
    %(as_at)s, null, %(source)s
  from homes h join arriving r on r.place = h.place where h.does in ('add', 'move') order by r.place
  returning 1
) select count(*) from added

-- contacts_added
with stated as (
  select person_id, 'mobile' as kind, mobile as value, 'young_person' as whose, '' as name from arriving
  union all select person_id, 'telephone', telephone, 'young_person', '' from arriving
  union all select person_id, 'email', lower(email), 'young_person', '' from arriving
  union all select person_id, 'telephone', parent_telephone, 'parent', parent_name from arriving
  union all select person_id, 'email', lower(parent_email), 'parent', parent_name from arriving
), added as (
  insert into tracking_contactpoint (person_id, kind, value, whose, name, from_institution, do_not_use, starts_on)
  select distinct on (s.person_id, s.kind, s.value, s.whose)
    s.person_id, s.kind, s.value, s.whose, s.name, true, false, %(as_at)s::date
  from stated s join tracking_youngperson p on p.id = s.person_id
  where s.value <> '' and p.restricted_on is null and %(contact)s <> 'never' and not exists (
    select from tracking_contactpoint c
    where c.person_id = s.person_id and c.whose = s.whose and (c.ends_on is null or c.ends_on >= %(as_at)s)
      and (lower(c.value) = lower(s.value)
        or s.kind <> 'email' and regexp_replace(c.value, '\D', '', 'g') = regexp_replace(s.value, '\D', '', 'g')))
  order by s.person_id, s.kind, s.value, s.whose, s.name desc
  returning 1
) select count(*) from added

-- plans_added
-- A plan is the council's to make: a school's Yes is taken where nothing is known of one, its No never ends one. SEN
-- support and a plan exclude each other (306): what is recorded stays and the difference is told.
with added as (
  insert into tracking_characteristic (person_id, code, starts_on, ends_on, source)
  select r.person_id, %(plan_code)s, %(as_at)s, null, 'School or college return'
  from arriving r
  where r.has_plan = 'Y' and %(plan)s <> 'never' and not exists (
    select from tracking_characteristic c
    where c.person_id = r.person_id and (
      c.code = %(plan_code)s and (%(plan)s <> 'newest' or c.ends_on is null or c.ends_on >= %(as_at)s)
      or c.code = %(plan_excludes)s and (c.ends_on is null or c.ends_on >= %(as_at)s)))
  order by r.place
  returning 1
) select count(*) from added

-- plans_told
with told as (
  insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
  select %(intake)s, r.row_id, 'has_plan', 'register_keeps', 'note', case r.has_plan when 'Y' then 'Yes' else 'No' end,
    %(keeps)s, %(keeps_fix)s, ''
  from arriving r
  where r.row_id is not null and r.has_plan <> '' and (r.has_plan = 'Y') <> exists (
    select from tracking_characteristic c
    where c.person_id = r.person_id and c.code = %(plan_code)s and (c.starts_on is null or c.starts_on <= %(as_at)s)
      and (c.ends_on is null or c.ends_on >= %(as_at)s))
  returning 1
) select count(*) from told

-- gaps_filled
-- Stretches not known turn out to be something (as when an officer records it).
with gone as (
  delete from tracking_activity a using deeds d
  where d.person_id = a.person_id and d.why is null and d.does in ('open', 'correct') and a.is_primary
    and a.code = any(%(not_known)s) and a.starts_on >= d.day and a.starts_on <= %(as_at)s
  returning 1
) select count(*) from gone

-- activities_changed
-- One statement for all that changes: what ends before something new, what is put right, what somebody left.
with later_word as (
  select c.activity_id from tracking_confirmation c
  where c.activity_id in (select activity_id from deeds) and c.verified_on > %(as_at)s and c.source <> %(source)s
    and c.voids_id is null and not exists (select from tracking_confirmation v where v.voids_id = c.id)
), wanted as (
  select a.id, a.code, a.starts_on, d.day - 1 as ends_on, a.course, a.predicted_end_on, a.leaving_reason, a.ascertained_on
  from deeds d join tracking_activity a on a.person_id = d.person_id
  where d.why is null and not d.is_new and d.does in ('open', 'correct') and a.is_primary and a.starts_on < d.day
    and (a.ends_on is null or a.ends_on >= d.day
      or d.does = 'correct' and a.ends_on = d.present_start - 1)
    and not (d.does = 'correct' and a.id = d.present_id)
  union all
  select a.id, case d.does when 'correct' then d.code else a.code end,
    case d.does when 'correct' then d.day else a.starts_on end,
    case d.does when 'leave' then d.day else a.ends_on end,
    case when r.course <> '' and (a.course = '' or %(details)s = 'newest' and l.activity_id is null)
      then r.course else a.course end,
    case when r.predicted_end_on >= a.starts_on
      and (a.predicted_end_on is null or %(details)s = 'newest' and l.activity_id is null)
      then r.predicted_end_on else a.predicted_end_on end,
    case when d.does = 'leave' and r.destination <> '' then left(r.destination, 40) else a.leaving_reason end,
    case d.does when 'correct' then greatest(d.day, a.ascertained_on) else a.ascertained_on end
  from deeds d join arriving r on r.place = d.place join tracking_activity a on a.id = d.activity_id
  left join (select distinct activity_id from later_word) l on l.activity_id = a.id
  where d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'leave')
), changed as (
  update tracking_activity a set code = w.code, starts_on = w.starts_on, ends_on = w.ends_on, course = w.course,
    predicted_end_on = w.predicted_end_on, leaving_reason = w.leaving_reason, ascertained_on = w.ascertained_on,
    version = a.version + 1
  from wanted w
  where w.id = a.id and (a.code, a.starts_on, a.ends_on, a.course, a.predicted_end_on, a.leaving_reason, a.ascertained_on)
    is distinct from
      (w.code, w.starts_on, w.ends_on, w.course, w.predicted_end_on, w.leaving_reason, w.ascertained_on)
  returning 1
) select count(*) from changed

-- activities_added
with added as (
  insert into tracking_activity (
    id, person_id, code, starts_on, ends_on, is_primary, establishment_id, establishment_number, establishment_name,
    ukprn, predicted_end_on, review_on, ascertained_on, neet_since_on, course, leaving_reason, source, recorded_by_id,
    version)
  select d.activity_id, d.person_id, d.code, d.day, d.until, true, %(establishment)s, %(place_number)s, %(place_name)s,
    %(place_ukprn)s, case when r.predicted_end_on >= d.day then r.predicted_end_on end, null, greatest(d.day, %(as_at)s),
    null, r.course, '', %(source)s, %(by)s, 1
  from deeds d join arriving r on r.place = d.place
  where d.why is null and d.does = 'open' order by d.place
  returning 1
) select count(*) from added

-- confirmations
-- Whatever is confirmed goes on on that day: that is what makes it the present one.
with added as (
  insert into tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
  select d.activity_id, %(as_at)s, %(source)s, %(by)s, %(now)s
  from deeds d
  where d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'open')
    and (d.does = 'open' or not exists (
      select from tracking_confirmation c
      where c.activity_id = d.activity_id and c.verified_on = %(as_at)s and c.source = %(source)s and c.voids_id is null
        and not exists (select from tracking_confirmation v where v.voids_id = c.id)))
  returning 1
) select count(*) from added

-- situations
select count(*) from (select set_config('neet.situate', '', true)) told, (
  select tracking_situate(array(select person_id from deeds where why is null and person_id is not null))) derived

-- guarantees
-- Whoever began learning by the end of September had an offer, though nobody wrote it down (R138).
with learning as (
  select d.person_id, a.starts_on, d.does = 'confirm' or exists (
      select from tracking_activity b where b.person_id = a.person_id and b.is_primary and b.code = any(%(shows_offer)s)
        and b.establishment_id = %(establishment)s and b.starts_on <= %(last_may)s
        and (b.ends_on is null or b.ends_on >= %(last_may)s)) as goes_on,
    case when p.date_of_birth between %(year_12_from)s and %(year_12_to)s then 11
      when p.date_of_birth between %(year_13_from)s and %(year_13_to)s then 12 end as year_group,
    p.la_at_year_11, p.cohort_status
  from deeds d join tracking_activity a on a.id = d.activity_id join tracking_youngperson p on p.id = d.person_id
  where d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'open') and a.code = any(%(shows_offer)s)
    and a.starts_on <= %(shown_until)s and (a.ends_on is null or a.ends_on >= %(year_start)s)
), set_now as (
  insert into tracking_guarantee (person_id, year_group, status, la_code, status_on, reason)
  select person_id, year_group, case when year_group = 12 and goes_on then %(on_going_on)s else %(on_beginning)s end,
    case year_group when 11 then coalesce(nullif(la_at_year_11, ''), %(la_code)s) else %(own_code)s end,
    greatest(starts_on, %(year_start)s), %(guarantee_reason)s
  from learning l where year_group is not null and not exists (
    select from tracking_guarantee g where g.person_id = l.person_id and g.year_group = l.year_group
      and g.status <> '' and g.status <> all(%(not_recorded)s))
  on conflict (person_id, year_group) do update
    set status = excluded.status, la_code = coalesce(nullif(tracking_guarantee.la_code, ''), excluded.la_code),
      status_on = excluded.status_on, reason = excluded.reason
    where tracking_guarantee.status = '' or tracking_guarantee.status = any(%(not_recorded)s)
  returning 1
) select count(*) from set_now

-- noted_for_figures
with told as (
  select set_config('neet.stir', '', true)
), noted as (
  insert into tracking_stirred
  select distinct p.authority_id, p.id from arriving r join tracking_youngperson p on p.id = r.person_id
  returning 1
) select count(*) from noted, told

-- tasks_replaced
-- An earlier version of this return asked already; whoever took that task up keeps it.
with closed as (
  update tracking_task t set done_at = %(at)s, done_by_id = %(by)s, outcome = %(replaced)s
  where t.cause = any(%(earlier)s) and t.done_at is null and t.owner_id is null and %(rows)s::bigint[] is null
  returning 1
) select count(*) from closed

-- tasks_answered
with closed as (
  update tracking_task t set done_at = %(at)s, done_by_id = %(by)s, outcome = %(answered)s
  from deeds d
  where d.person_id = t.person_id and d.why is null and d.does in ('confirm', 'confirm_beside', 'correct', 'open')
    and t.done_at is null and t.kind = any(%(asked)s) and t.cause like 'intake:%%'
  returning 1
) select count(*) from closed

-- tasks_opened
with called_for as (
  select d.person_id, 'left' as kind, format('Left %%s on %%s. Find out what they are doing now', %(place)s,
      to_char(d.day, 'FMDD FMMonth YYYY')) as words
  from deeds d where d.why is null and d.does = 'leave'
  union all
  select m.person_id, 'not_returned', format('Not on the return of %%s. Find out where they are', %(place)s)
  from returns_missing m
  where m.intake_id = %(intake)s and m.answer in ('', 'not_ours') and %(rows)s::bigint[] is null
  union all
  select d.person_id, 'return_differs', format('The return of %%s says something else: %%s', %(place)s, w.why)
  from deeds d join unnest(%(kinds)s::text[], %(whys)s::text[]) as w (kind, why) on w.kind = d.why
  where d.why in ('gone', 'same_day', 'something_since') and d.person_id is not null
), opened as (
  insert into tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
  select %(authority)s, c.person_id, c.kind, left(c.words, 240), %(cause)s, %(due_on)s, %(now)s, ''
  from called_for c
  where not exists (select from tracking_task t where t.person_id = c.person_id and t.kind = c.kind and t.done_at is null
                    and t.cause = any(%(earlier)s))
  on conflict do nothing
  returning 1
) select count(*) from opened

-- rows_applied
with applied as (
  update returns_intakerow t set applied_event = %(event)s, person_id = r.person_id,
    outcome = case when r.is_new then 'new_person' when t.outcome = 'doubtful' then case d.does
      when 'open' then 'new_here' when 'leave' then 'left' else 'continuing' end else t.outcome end
  from arriving r join deeds d on d.place = r.place
  where r.row_id = t.id and d.why is null
  returning 1
) select count(*) from applied

-- people
select array_agg(distinct person_id) from deeds where why is null and person_id is not null
