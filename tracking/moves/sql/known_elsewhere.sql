-- Who at the councils that have agreed to answer this one may be one of those asked about: the same number, the same
-- name, or the same last name or part of the name and born on the same day. Only whom a council leads for today; nobody
-- whose record is restricted. `is_exact`: name and birthday are the same and no number speaks against it.
with asked as materialized (
  select row, born_on, upn, uln, tracking_fold(family_name) as family, tracking_fold(given_name) as given,
    upper(family_name) as family_said, upper(given_name) as given_said
  from unnest(%(rows)s::bigint[], %(born)s::date[], %(upns)s::text[], %(ulns)s::text[], %(families)s::text[],
    %(givens)s::text[]) as a (row, born_on, upn, uln, family_name, given_name)
), answering as materialized (
  select case when g.first_id = %(authority)s then g.second_id else g.first_id end as id
  from tracking_councilagreement g
  where %(authority)s in (g.first_id, g.second_id) and g.agreed_at is not null and g.ended_at is null
), found as (
  select a.row, p.id from asked a join tracking_youngperson p on p.upn = a.upn and p.upn <> ''
  union
  select a.row, p.id from asked a join tracking_youngperson p on p.uln = a.uln and p.uln <> ''
  union
  select a.row, p.id from asked a cross join answering c
  join tracking_youngperson p on p.authority_id = c.id and tracking_fold(p.family_name) collate "C" = a.family
    and (tracking_fold(p.given_name) collate "C" = a.given or p.date_of_birth = a.born_on)
  union
  -- Of a few everybody born that day is looked at, as the names are written; of many that would be half the country.
  select a.row, p.id from asked a cross join answering c
  join tracking_youngperson p on p.authority_id = c.id and p.date_of_birth = a.born_on
    and (upper(p.family_name) = a.given_said or upper(p.given_name) in (a.given_said, a.family_said)
      or upper(p.known_as) = a.given_said)
  where %(few)s
)
select f.row, p.id, p.authority_id,
  coalesce(p.date_of_birth = a.born_on, false) and tracking_fold(p.family_name) = a.family
    and a.given in (tracking_fold(p.given_name), tracking_fold(p.known_as))
    and not (a.upn <> '' and p.upn <> '' and p.upn <> a.upn)
    and not (a.uln <> '' and p.uln <> '' and p.uln <> a.uln) as is_exact
from found f
join asked a on a.row = f.row
join tracking_youngperson p on p.id = f.id
join answering c on c.id = p.authority_id
where p.restricted_on is null and p.cohort_status = any(%(primary)s)
  and (p.cohort_status_on is null or p.cohort_status_on <= %(on)s)
order by f.row, p.authority_id, p.id
