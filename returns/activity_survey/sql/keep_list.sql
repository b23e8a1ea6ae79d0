-- The list as it is found now: new ones come, those it does not hold any more go, the rest keep what was read of them.
with found as ({candidates}), wanted as ({wanted}), gone as (
  delete from returns_activitysurveymember m where m.survey_id = %(survey)s and m.person_id is not null
    and not exists (select from wanted w where w.person_id = m.person_id and w.basis <> '')
  returning m.person_id
), kept as (
  insert into returns_activitysurveymember
    (survey_id, person_id, year_group, basis, establishment_id, district_id, standing, code, "group", provider_name, source)
  select %(survey)s, w.person_id, w.year_group, w.basis, w.establishment_id, w.district_id, 'not_known', '', '', '', ''
  from wanted w where w.basis <> '' order by w.person_id
  on conflict (survey_id, person_id) do update set year_group = excluded.year_group, basis = excluded.basis,
    establishment_id = excluded.establishment_id, district_id = excluded.district_id
  returning (xmax = 0) as is_new
)
select (select count(*) from kept), (select count(*) from kept where is_new), (select count(*) from gone)
