-- What the law lets nobody pass on of somebody who objects leaves the rows before they are kept: whoever the row itself
-- says objects, and whoever the register has an objection of (Education and Skills Act 2008 s14; R31). Counted, never
-- stored.
drop table if exists withheld;
create temp table withheld on commit drop as
select r.id, r.number, (
    select count(*) from jsonb_each_text(case r.found when 'preset' then r.fixed else r.sent || r.fixed || r.clean end) e
    where e.key = any(%(dropped)s) and e.value <> '') as details
from looked r
where (r.found <> 'preset' or r.fixed <> '{}')
  and (r.clean ->> 'objection' = 'Y' or r.clean ->> 'assent' = 'N' or r.person_id in (
    {objecting}));
update looked r set sent = r.sent - %(dropped)s::text[], fixed = r.fixed - %(dropped)s::text[],
  clean = r.clean - %(dropped)s::text[]
from withheld w where w.id = r.id and w.details > 0;
update returns_intakerow r set sent = l.sent, fixed = l.fixed, clean = l.clean
from withheld w join looked l on l.id = w.id where r.id = w.id and w.details > 0;
select coalesce(sum(details), 0) from withheld
