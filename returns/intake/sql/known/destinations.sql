-- What a school says of who left it: nothing, what the register has, or what waits to be confirmed already.
select k.id as row_id,
  (coalesce(k.clean ->> 'now_doing', '') = '' and coalesce(k.clean ->> 'now_at', '') = ''
    or a.code = k.clean ->> 'now_doing'
      and upper(coalesce(k.clean ->> 'now_at', '')) in ('', upper(a.establishment_name))
    or exists (select from tracking_claim c where c.person_id = k.person_id and c.state = 'open'
      and c.code = coalesce(k.clean ->> 'now_doing', '')
      and upper(c.place) = upper(coalesce(k.clean ->> 'now_at', '')))) is true as is_known,
  concat_ws(' ', a.id, a.version) as saw
from looked k left join lateral (
  select a.id, a.version, a.code, a.establishment_name from tracking_activity a
  where a.person_id = k.person_id and a.is_primary and a.starts_on <= %(day)s
    and (a.ends_on is null or a.ends_on >= %(day)s)
  order by a.starts_on desc, a.id desc limit 1
) a on true
