-- What a return's rows would change on the register beside what somebody does: one line for each row and column, what
-- the register holds and what the return says. A column is compared as far as this kind of source is believed on it
-- (newest: its word replaces an older one; fills: only where nothing is known). What somebody who objected need not
-- have passed on is not compared, nor is anything about a restricted record.
select r.id as row_id, v.place, v.name, v.held, v.said
from {rows} r join tracking_youngperson p on p.id = r.person_id and p.restricted_on is null
left join tracking_residence home on home.person_id = p.id and home.ends_on is null
left join lateral (
  select a.course, a.predicted_end_on, a.starts_on, a.source from tracking_activity a
  where a.person_id = p.id and a.is_primary and a.establishment_id = %(establishment)s
    and a.starts_on <= %(day)s and (a.ends_on is null or a.ends_on >= %(day)s)
  order by a.starts_on desc, a.id desc limit 1
) here on true
cross join lateral (values
  (1, 'family_name', %(name)s, p.family_name, r.clean ->> 'family_name',
    (p.family_name = '' or %(name)s = 'newest') and p.family_name <> r.clean ->> 'family_name'
      and tracking_fold(p.family_name) <> tracking_fold(r.clean ->> 'family_name')),
  (2, 'given_name', %(name)s, p.given_name, r.clean ->> 'given_name',
    (p.given_name = '' or %(name)s = 'newest') and p.given_name <> r.clean ->> 'given_name'
      and tracking_fold(p.given_name) <> tracking_fold(r.clean ->> 'given_name')),
  (3, 'middle_name', %(name)s, p.middle_name, r.clean ->> 'middle_name',
    p.middle_name = '' and r.clean ->> 'middle_name' <> ''),
  (4, 'date_of_birth', %(birth)s, coalesce(p.date_of_birth::text, ''), r.clean ->> 'date_of_birth',
    p.date_of_birth::text is distinct from r.clean ->> 'date_of_birth'),
  (5, 'gender', %(birth)s, p.gender, r.clean ->> 'gender', p.gender <> r.clean ->> 'gender'),
  (6, 'upn', %(number)s, p.upn, r.clean ->> 'upn', p.upn <> r.clean ->> 'upn'),
  (7, 'uln', %(number)s, p.uln, r.clean ->> 'uln', p.uln <> r.clean ->> 'uln'),
  (8, 'address', %(address)s, concat_ws(', ', nullif(home.line_1, ''), nullif(home.town, ''), nullif(home.postcode, '')),
    concat_ws(', ', r.clean ->> 'line_1', r.clean ->> 'town', r.clean ->> 'postcode'),
    home.id is null and coalesce(r.clean ->> 'line_1', r.clean ->> 'postcode') <> ''
      -- A line that only says more or less of the same house is no other address.
      or r.clean ->> 'line_1' <> '' and (home.line_1 <> r.clean ->> 'line_1'
        and upper(home.line_1) <> upper(r.clean ->> 'line_1') and (home.line_1 = '' or not (
          starts_with(regexp_replace(upper(r.clean ->> 'line_1') || ' ', '[ ,]+', ' ', 'g'),
            regexp_replace(upper(home.line_1) || ' ', '[ ,]+', ' ', 'g'))
          or starts_with(regexp_replace(upper(home.line_1) || ' ', '[ ,]+', ' ', 'g'),
            regexp_replace(upper(r.clean ->> 'line_1') || ' ', '[ ,]+', ' ', 'g'))))
        or r.clean ->> 'postcode' <> '' and replace(home.postcode, ' ', '') <> replace(r.clean ->> 'postcode', ' ', ''))
      and not coalesce(home.starts_on > %(day)s or home.source not in ('loaded', %(source)s) and exists (
        select from tracking_residence_history h where h.id = home.id and h.superseded_at is null
          and (h.recorded_at at time zone 'Europe/London')::date > %(day)s), false)),
  (9, 'course', %(details)s, here.course, r.clean ->> 'course', here.course <> r.clean ->> 'course'),
  (10, 'predicted_end_on', %(details)s, coalesce(here.predicted_end_on::text, ''), r.clean ->> 'predicted_end_on',
    here.course is not null and here.predicted_end_on::text is distinct from r.clean ->> 'predicted_end_on'),
  (16, 'starts_on', %(activity)s, coalesce(here.starts_on::text, ''), r.clean ->> 'starts_on',
    -- A day this year that an establishment gave before is put right by the next it gives.
    here.source = %(source)s and here.starts_on >= %(year_start)s and r.clean ->> 'starts_on' >= %(year_start)s::text
      and here.starts_on::text <> r.clean ->> 'starts_on'),
  (11, 'mobile', %(contact)s, '', r.clean ->> 'mobile', r.clean ->> 'mobile' <> '' and not exists (
    select from tracking_contactpoint c where c.person_id = p.id and c.whose = 'young_person'
      and (c.ends_on is null or c.ends_on >= %(day)s)
      and regexp_replace(c.value, '\D', '', 'g') = regexp_replace(r.clean ->> 'mobile', '\D', '', 'g'))),
  (12, 'telephone', %(contact)s, '', r.clean ->> 'telephone', r.clean ->> 'telephone' <> '' and not exists (
    select from tracking_contactpoint c where c.person_id = p.id and c.whose = 'young_person'
      and (c.ends_on is null or c.ends_on >= %(day)s)
      and regexp_replace(c.value, '\D', '', 'g') = regexp_replace(r.clean ->> 'telephone', '\D', '', 'g'))),
  (13, 'email', %(contact)s, '', r.clean ->> 'email', r.clean ->> 'email' <> '' and not exists (
    select from tracking_contactpoint c where c.person_id = p.id and c.whose = 'young_person'
      and (c.ends_on is null or c.ends_on >= %(day)s) and lower(c.value) = lower(r.clean ->> 'email'))),
  (14, 'parent_telephone', %(contact)s, '', r.clean ->> 'parent_telephone', r.clean ->> 'parent_telephone' <> '' and not exists (
    select from tracking_contactpoint c where c.person_id = p.id and c.whose = 'parent'
      and (c.ends_on is null or c.ends_on >= %(day)s)
      and regexp_replace(c.value, '\D', '', 'g') = regexp_replace(r.clean ->> 'parent_telephone', '\D', '', 'g'))),
  (15, 'parent_email', %(contact)s, '', r.clean ->> 'parent_email', r.clean ->> 'parent_email' <> '' and not exists (
    select from tracking_contactpoint c where c.person_id = p.id and c.whose = 'parent'
      and (c.ends_on is null or c.ends_on >= %(day)s) and lower(c.value) = lower(r.clean ->> 'parent_email')))
) v (place, name, belief, held, said, differs)
where v.differs and v.said <> ''
  and (v.belief = 'newest' or v.belief = 'fills' and coalesce(v.held, '') = '')
  and not (v.name = any(%(objected_to)s) and p.id = any(%(objectors)s))
