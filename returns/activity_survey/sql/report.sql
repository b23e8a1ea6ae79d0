-- How many are in which destination and at which place, by survey and by the school they left, as the files say it.
-- `is_for_schools`: whose record is restricted is in no school's numbers.
select m.survey_id, m.establishment_id, p.restricted_on is null as is_for_schools, m."group",
  case when m.standing = 'known' then m.provider_id end as provider_id, count(*)
from returns_activitysurveymember m
left join tracking_youngperson p on p.id = m.person_id
where m.survey_id = any(%(surveys)s)
group by 1, 2, 3, 4, 5
