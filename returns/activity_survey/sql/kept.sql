-- The same as it was read last and stands beside the members: of a survey whose file is made.
select id, person_id, year_group, basis, establishment_id, district_id, standing, code, "group", activity_id,
  provider_id, provider_name, verified_on, source
from returns_activitysurveymember where survey_id = %(survey)s
