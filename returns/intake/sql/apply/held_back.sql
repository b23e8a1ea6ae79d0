-- Rows that something stands in the way of wait; the others go on.

-- known_by_now
-- Somebody came onto the register since they were looked for: a person says who it is.
update deeds d set why = 'known_by_now' from arriving r
where r.place = d.place and r.is_new and d.why is null and not r.is_decided and (
  exists (select from tracking_youngperson p where p.authority_id = %(authority)s
    and tracking_fold(p.family_name) collate "C" = tracking_fold(r.family_name) collate "C"
    and tracking_fold(p.given_name) collate "C" = tracking_fold(r.given_name) collate "C" and p.date_of_birth = r.born)
  or exists (select from tracking_youngperson p where p.upn = r.upn and p.upn <> '' and p.authority_id = %(authority)s
    and (p.date_of_birth = r.born or tracking_fold(p.family_name) = tracking_fold(r.family_name)))
  or exists (select from tracking_youngperson p where p.uln = r.uln and p.uln <> '' and p.authority_id = %(authority)s
    and (p.date_of_birth = r.born or tracking_fold(p.family_name) = tracking_fold(r.family_name))))

-- held_back
update returns_intakerow t set outcome = case d.why when 'known_by_now' then 'doubtful' when 'kept' then 'overruled'
    else 'stopped' end
from deeds d join arriving r on r.place = d.place where d.why is not null and t.id = r.row_id

-- problems_added
insert into returns_problem (intake_id, row_id, "column", kind, severity, value, why, fix, explained)
select %(intake)s, r.row_id, w.of_column, 'apply_' || d.why, 'note', '', w.why, w.fix, ''
from deeds d join arriving r on r.place = d.place
join unnest(%(kinds)s::text[], %(columns)s::text[], %(whys)s::text[], %(fixes)s::text[]) as w (kind, of_column, why, fix)
  on w.kind = d.why
where r.row_id is not null

-- candidates_added
insert into returns_candidate (row_id, person_id, sure, levels, verdict)
select r.row_id, p.id, 1, '{}', '' from deeds d join arriving r on r.place = d.place
join tracking_youngperson p on p.authority_id = %(authority)s and (
  p.upn = r.upn and p.upn <> '' or p.uln = r.uln and p.uln <> ''
  or p.date_of_birth = r.born and tracking_fold(p.family_name) = tracking_fold(r.family_name)
    and tracking_fold(p.given_name) = tracking_fold(r.given_name))
where d.why = 'known_by_now'
on conflict do nothing

-- held_back_put_aside
delete from arriving r using deeds d where d.place = r.place and d.why is not null

-- deeds_measured
analyze deeds (place, person_id, activity_id, does, why)

-- situations_later
-- Many statements write about the same people; their situations are derived once, and they are noted once for the
-- figures, both below.
select count(*) from (select set_config('neet.situate', 'later', true), set_config('neet.stir', 'later', true)) told
