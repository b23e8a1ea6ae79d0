-- What a school says of who left it is hearsay: it is kept to be confirmed, and beats nothing.

-- answers_to_confirm
with said as (
  select distinct on (d.person_id) d.person_id, coalesce(r.said ->> 'now_doing', '') as code,
    coalesce(r.said ->> 'now_at', '') as place,
    least(coalesce(nullif(r.said ->> 'told_on', '')::date, %(as_at)s), %(today)s) as said_on
  from deeds d join arriving r on r.place = d.place
  where d.why is null and d.person_id is not null
    and (r.said ->> 'now_doing' <> '' or r.said ->> 'now_at' <> '')
  order by d.person_id, r.place
), added as (
  insert into tracking_claim (person_id, code, place, said_on, said_by, channel, state)
  select s.person_id, s.code, s.place, s.said_on, left(%(place)s, 40), %(answers)s, 'open' from said s
  where not exists (
      select from tracking_claim c where c.person_id = s.person_id and c.state = 'open' and c.code = s.code
        and upper(c.place) = upper(s.place))
    and not exists (
      select from tracking_activity a where a.person_id = s.person_id and a.is_primary and a.code = s.code
        and a.starts_on <= %(as_at)s and (a.ends_on is null or a.ends_on >= %(as_at)s)
        and upper(s.place) in ('', upper(a.establishment_name)))
  returning 1
) select count(*) from added
