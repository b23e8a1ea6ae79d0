delete from tracking_savedsearch s using tracking_youngperson p
where p.id = any(%(people)s) and exists (
  select from (
    select unnest(array[p.given_name, p.family_name, p.known_as, p.young_person_id, p.upn, p.uln]) as word
    union select unnest(array[f.given_name, f.family_name]) from tracking_formername f where f.person_id = p.id
    union select r.postcode from tracking_residence r where r.person_id = p.id
    union select c.value from tracking_contactpoint c where c.person_id = p.id
  ) their
  where their.word <> '' and position(lower(their.word) in lower(s.words || ' ' || s.filters::text)) > 0)
