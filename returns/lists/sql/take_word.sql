-- rows
create temp table arriving on commit drop as
select row_number() over (order by r.number) as place, r.id as row_id, r.person_id, r.clean as said, ''::text as course
from returns_intakerow r where r.id = any(%(rows)s)

-- deeds
create temp table deeds (place bigint, activity_id bigint, place_id bigint, does text, code text, day date, why text) on commit drop
