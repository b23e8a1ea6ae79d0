-- Lines of somebody who stands on an earlier line: while that one is looked for, they are put aside. Whose line it is by
-- somebody's decision stays.
drop table if exists later_lines;
create temp table later_lines on commit drop as
select r.id, f.id as first_id
from unnest(%(lines)s::int[], %(firsts)s::int[]) as l (number, first)
join looked r on r.number = l.number join looked f on f.number = l.first
where not r.left_out and not r.is_decided and not f.left_out;
update looked set left_out = true, person_id = null, found = '', sure = null where id in (select id from later_lines)
