-- Puts telephone numbers and e-mail addresses on the records; one that is there already stays as it is.

-- contacts_added
with stated as (
  select person_id, 'mobile' as kind, mobile as value, 'young_person' as whose, '' as name from sheet
  union all select person_id, 'telephone', telephone, 'young_person', '' from sheet
  union all select person_id, 'email', lower(email), 'young_person', '' from sheet
  union all select person_id, 'telephone', parent_telephone, 'parent', parent_name from sheet
  union all select person_id, 'email', lower(parent_email), 'parent', parent_name from sheet
), added as (
  insert into tracking_contactpoint (person_id, kind, value, whose, name, from_institution, do_not_use, starts_on)
  select distinct s.person_id, s.kind, s.value, s.whose, s.name, false, false, %(today)s::date from stated s
  where s.person_id is not null and s.value <> '' and not exists (
    select 1 from tracking_contactpoint c
    where c.person_id = s.person_id and c.kind = s.kind and c.value = s.value and c.whose = s.whose
      and c.ends_on is null)
  returning 1
) select count(*) from added;
