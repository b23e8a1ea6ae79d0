  select r.id as row_id,
    not exists (select from offered o where o.id = r.id and not o.is_known)
      and not (n.says_none and n.is_open) as is_known,
    concat_ws(' ', (select string_agg(concat_ws(' ', held_id, held_version), ' ' order by line, place, course)
      from offered o where o.id = r.id), n.is_open) as saw
  from looked r cross join lateral (
    select coalesce(r.clean ->> 'stage' = 'not_applied' or r.clean ->> 'own_offer' = 'not_applied', false) as says_none,
      r.person_id is not null and not exists (select from tracking_offer o where o.person_id = r.person_id)
        and not exists (select from tracking_guarantee g where g.person_id = r.person_id
          and g.status <> '' and g.status <> %(guarantee_nothing)s) as is_open) n
