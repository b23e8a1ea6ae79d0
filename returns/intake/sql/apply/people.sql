-- Who the young people are and where they live, as far as this source is believed.

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

-- people_measured
-- Those who are new have the highest numbers of all: unmeasured, whoever is looked up by theirs seems to end before.
analyze arriving (place, person_id, row_id)

-- deeds_of_people_measured
analyze deeds (place, person_id, activity_id, does, why)

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
-- Neighbours are found by the postcode, then by the council's districts: the other way round is a whole council each.
with added as (
  insert into tracking_residence
    (person_id, line_1, line_2, line_3, line_4, town, county, postcode, district_id, starts_on, ends_on, source)
  select h.person_id, r.line_1, r.line_2, '', '', r.town, '', r.postcode, (
      select min(near.district_id) from (
        select n.district_id from tracking_residence n
        where replace(n.postcode, ' ', '') = replace(r.postcode, ' ', '') and n.ends_on is null and r.postcode <> ''
        offset 0) near
      where near.district_id = any(%(districts)s::bigint[])),
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
