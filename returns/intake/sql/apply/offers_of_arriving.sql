-- The rows that are taken over, as offers are read from them.

-- spoken_away
drop table if exists spoken

-- spoken
create temp table spoken on commit drop as
select r.row_id as id, r.place, r.person_id, r.said as v from arriving r join deeds d on d.place = r.place
where d.why is null

-- lines_of_one
-- Somebody may stand on several lines, one for each place; who they are and where they live is taken from the first.
update arriving r set family_name = '', given_name = '', middle_name = '', line_1 = '', line_2 = '', postcode = ''
where not r.is_new and exists (select from arriving f where f.person_id = r.person_id and f.place < r.place)
