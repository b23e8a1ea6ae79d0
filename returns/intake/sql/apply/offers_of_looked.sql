-- The rows that are compared with the register, as offers are read from them.

-- spoken_away
drop table if exists spoken

-- spoken
create temp table spoken on commit drop as
select id, id as place, person_id, clean as v from looked where person_id is not null and not left_out
