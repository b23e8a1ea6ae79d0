-- Everybody who belongs becomes a member of the cohort; those who are members already stay as they are.
insert into tracking_cohortmember
  (freeze_id, person_id, year_group, reason, led_by, establishment_id, at_freeze, added_on, added_by_id, added_why,
   removed_why)
select %(freeze)s, b.person_id, b.year_group, b.reason, b.led_by, b.establishment_id, %(at_freeze)s, %(added_on)s,
  %(by)s, %(why)s, ''
from ({belonging}) b
order by b.year_group, b.person_id
on conflict (freeze_id, person_id) where removed_on is null do nothing
returning person_id
