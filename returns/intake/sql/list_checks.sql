-- What only a list from elsewhere can have wrong: children too young for the register (their rows are left out), somebody
-- of another age than the list is about, a place nobody knows, no consent, days the wrong way round.
with said as (
  select r.id, r.number, r.person_id, r.clean as v, coalesce(nullif(r.clean ->> 'date_of_birth', '')::date, p.date_of_birth) as born,
    regexp_replace(coalesce(r.clean ->> 'place_number', ''), '[^0-9]', '', 'g') as place_number
  from looked r left join tracking_youngperson p on p.id = r.person_id where not r.left_out
), too_young as (
  update looked r set left_out = true from said s where s.id = r.id and s.born > %(youngest_born)s::date and r.is_new
  returning r.number
)
insert into found (number, of_column, kind, severity, value, why, fix)
select number, 'date_of_birth', 'below_the_years', 'note', '',
  'They are in a lower school year than the register holds. The row is left out.', 'Nothing to do.'
from too_young
union all
select number, 'date_of_birth', 'other_age', 'query', v ->> 'date_of_birth',
  format('This list is about young people of %%s to %%s.', %(aged_from)s::int, %(aged_to)s::int),
  'Correct the date of birth, leave the row out, or say why they are on it.'
from said
where %(aged_from)s::int is not null and number not in (select number from too_young)
  and extract(year from age(greatest(nullif(v ->> 'since', '')::date, born), born)) not between %(aged_from)s::int and %(aged_to)s::int
  and coalesce(v ->> 'since', '') <> ''
union all
select number, 'place_number', 'unknown_place', 'error', v ->> 'place_number',
  'No school, college or provider on our list has this number.', 'Correct it, add the place to the establishments, or leave the row out.'
from said
where v ->> 'place_number' <> '' and number not in (select number from too_young) and not exists (
  select from schools_establishment e where place_number <> '' and place_number in (e.number, e.urn, e.ukprn))
union all
select number, 'consent', 'no_consent', 'error', 'No',
  'They did not agree that we are told.', 'Leave the row out, and ask the sender not to send it.'
from said where v ->> 'consent' = 'N'
union all
select number, 'until', 'ends_before_start', 'error', v ->> 'until', 'It ends before it begins.', 'Correct the day that is wrong.'
from said where (v ->> 'until')::date < (v ->> 'since')::date
union all
select number, 'since', 'starts_later', 'error', v ->> 'since',
  'It begins after the day this list speaks of.', 'Correct the day, or leave the row for the next list.'
from said where (v ->> 'since')::date > %(day)s
