-- characteristics
update tracking_characteristic c set ends_on = greatest(c.starts_on, %(last_day)s)
where c.person_id = any(%(people)s) and c.code = any(%(only_characteristics)s)
  and (c.starts_on is null or c.starts_on <= %(listed_on)s) and (c.ends_on is null or c.ends_on > %(last_day)s)

-- activities
update tracking_activity a set ends_on = greatest(a.starts_on, %(last_day)s), version = a.version + 1
where a.person_id = any(%(people)s) and a.is_primary and a.code = any(%(only_activities)s) and a.starts_on <= %(listed_on)s
  and (a.ends_on is null or a.ends_on > %(last_day)s)
