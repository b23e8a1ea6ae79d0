-- What was read of each member, written beside them.
update returns_activitysurveymember m set standing = r.standing, code = r.code, "group" = r."group",
  activity_id = r.activity_id, provider_id = r.provider_id, provider_name = r.provider_name,
  verified_on = r.verified_on, source = r.source
from ({read}) r
where m.id = r.id and (m.standing, m.code, m."group", m.activity_id, m.provider_id, m.provider_name, m.verified_on, m.source)
  is distinct from (r.standing, r.code, r."group", r.activity_id, r.provider_id, r.provider_name, r.verified_on, r.source)
