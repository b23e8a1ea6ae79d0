-- Whose answers these are beyond doubt: one young person of the council's register of that name (or known by that first
-- name) and birthday, borne out by the school they came from, in its Year 11 on the day, or by the end of their UPN.
-- Anything less is weighed.
with waiting as (
  select id, tracking_fold(family_name) collate "C" as family, tracking_fold(given_name) collate "C" as given,
    date_of_birth as born, establishment_id, upper(coalesce(answers ->> 'upn_end', '')) as upn_end
  from returns_surveyanswer where id = any(%(answers)s)
), named as (
  select w.id, p.id as person_id, count(*) over (partition by w.id) as bearers,
    w.upn_end <> '' and p.upn <> '' as compares, right(p.upn, length(w.upn_end)) = w.upn_end as agrees,
    exists (
      select from tracking_activity a
      where a.person_id = p.id and a.establishment_id = w.establishment_id and a.starts_on <= %(day)s
        and (a.ends_on is null or a.ends_on >= %(day)s)) as is_there
  from waiting w join tracking_youngperson p
    on p.authority_id = %(authority)s and p.merged_into_id is null and p.date_of_birth = w.born
    and tracking_fold(p.family_name) collate "C" = w.family
    and w.given in (tracking_fold(p.given_name) collate "C", tracking_fold(p.known_as) collate "C")
  where w.family <> '' and w.given <> ''
)
select id, person_id from named
where bearers = 1 and (not compares or agrees) and (is_there or compares) order by id
