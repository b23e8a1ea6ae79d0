-- Says who works with whom: a service, a worker, or both.

-- no_such_service
with lost as (
  update sheet s set why = 'No service of the council has this name.', person_id = null
  where s.person_id is not null and s.service <> '' and not exists (
    select 1 from schools_service v where v.authority_id = %(authority)s
      and lower(s.service) in (lower(v.name), lower(v.short_name), v.slug))
  returning 1
) select count(*) from lost;

-- no_such_worker
with lost as (
  update sheet s set why = 'No account of the council has this worker''s e-mail address.', person_id = null
  where s.person_id is not null and s.worker <> '' and not exists (
    select 1 from accounts_user u join schools_membership m on m.user_id = u.id and m.authority_id = %(authority)s
    where lower(u.email) = lower(s.worker))
  returning 1
) select count(*) from lost;

-- nobody_named
with lost as (
  update sheet s set why = 'The row names neither a service nor a worker.', person_id = null
  where s.person_id is not null and s.service = '' and s.worker = '' returning 1
) select count(*) from lost;

-- already_led
with stated as (
  select s.row_number, v.id as service_id, u.id as user_id from sheet s
  left join schools_service v on v.authority_id = %(authority)s and s.service <> ''
    and lower(s.service) in (lower(v.name), lower(v.short_name), v.slug)
  left join accounts_user u on s.worker <> '' and lower(u.email) = lower(s.worker)
  where s.person_id is not null
), known as (
  update sheet s set person_id = null from stated t, tracking_responsibility r
  where t.row_number = s.row_number and r.person_id = s.person_id
    and r.service_id is not distinct from t.service_id and r.user_id is not distinct from t.user_id
    and r.ends_on is not distinct from s.ends_on
  returning 1
) select count(*) from known;

-- responsibilities_added
with added as (
  insert into tracking_responsibility (person_id, service_id, user_id, kind, starts_on, ends_on)
  select distinct on (s.person_id, v.id, u.id) s.person_id, v.id, u.id,
    case when s.ends_on is null and row_number() over (partition by s.person_id, s.ends_on is null order by s.row_number) = 1
      and not exists (select 1 from tracking_responsibility r
                      where r.person_id = s.person_id and r.kind = 'lead' and r.ends_on is null)
      then 'lead' else 'support' end,
    least(coalesce(s.starts_on, %(today)s::date), coalesce(s.ends_on, %(today)s::date)), s.ends_on
  from sheet s
  left join schools_service v on v.authority_id = %(authority)s and s.service <> ''
    and lower(s.service) in (lower(v.name), lower(v.short_name), v.slug)
  left join accounts_user u on s.worker <> '' and lower(u.email) = lower(s.worker)
  where s.person_id is not null
  order by s.person_id, v.id, u.id, s.row_number
  returning 1
) select count(*) from added;
