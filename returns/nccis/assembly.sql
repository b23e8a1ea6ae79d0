-- One row for each young person of an authority's monthly file: the fields of Record, in its order, as text.
with facts as (
  select c.person_id,
    bool_or(c.code = 'EHCP') as plan, bool_or(c.code = 'SENS') as support,
    coalesce(string_agg(c.code, ',' order by c.code) filter (where c.code = any(%(characteristics)s)), '') as codes
  from tracking_characteristic c join tracking_youngperson p on p.id = c.person_id
  where p.authority_id = %(authority)s and (%(people)s::bigint[] is null or p.id = any(%(people)s))
    and (c.starts_on is null or c.starts_on <= %(period_end)s) and (c.ends_on is null or c.ends_on >= %(period_end)s)
  group by c.person_id
), changed_after as materialized (
  -- of several changes of their place in the cohort after the month's end the first one tells
  select distinct on (h.id) h.id, h.cohort_status as letter
  from tracking_youngperson p join tracking_youngperson_history h on h.id = p.id
  where p.authority_id = %(authority)s and p.cohort_status_on > %(period_end)s
    and h.cohort_status_on > %(period_end)s and (%(people)s::bigint[] is null or p.id = any(%(people)s))
  order by h.id, h.history_id
), believed as (
  -- who left after the month's end was still in the cohort then; who came after it was not; a duplicate never was
  select p.*, case
      when p.cohort_status_on > %(period_end)s and p.merged_into_id is null
        and coalesce(next.letter, p.cohort_status) = any(%(sent_once)s::text[] || %(guarantee_only)s::text[])
        then %(primary_letter)s
      else p.cohort_status end as letter
  from tracking_youngperson p
  left join changed_after next on next.id = p.id
  where p.authority_id = %(authority)s and (%(people)s::bigint[] is null or p.id = any(%(people)s))
    and not (coalesce(next.letter, p.cohort_status) = any(%(primary)s)
      and coalesce(p.cohort_status_on > %(period_end)s, false))
), cohort as (
  select p.*, coalesce(f.plan, false) as plan, coalesce(f.support, false) as support, coalesce(f.codes, '') as codes,
    case when p.date_of_birth >= %(compulsory_born_from)s
      then %(not_known_compulsory)s else %(not_known)s end as not_known_code,
    p.letter = any(%(guarantee_only)s) or p.date_of_birth between %(year_11_from)s and %(year_11_to)s as owed_11,
    p.letter = any(%(guarantee_only)s) or p.date_of_birth between %(year_12_from)s and %(year_12_to)s as owed_12
  from believed p left join facts f on f.person_id = p.id
  -- what the last file that was sent before this month said of a leaver
  left join lateral (
    select x.letter from returns_sentrecord x where p.letter = any(%(sent_once)s)
      and x.person_id = p.id and x.period_end < %(period_end)s
    order by x.period_end desc, x.id desc limit 1
  ) told on true
  where (
    p.letter = any(%(sent_once)s) and (p.cohort_status_on <= %(period_end)s or p.merged_into_id is not null)
      and case when told.letter is null then p.cohort_status_on >= %(month_start)s
        else told.letter <> all(%(sent_once)s) end
    or p.letter = any(%(guarantee_only)s)
    or p.letter = any(%(primary)s) and (
      p.date_of_birth is null
      or p.date_of_birth between %(born_from)s and %(born_to)s
      or p.date_of_birth between %(born_from_with_plan)s and %(born_to)s and coalesce(f.plan, false)))
), settled as (
  select c.id, s.*, coalesce(s.starts_on, (
      select max(x.ends_on) + 1 from tracking_activity x
      where x.person_id = c.id and x.is_primary and x.ends_on < %(period_end)s
    ), least(c.created_at::date, %(period_end)s)) as began_on
  from cohort c join tracking_situations(%(period_end)s, array(select id from cohort)) s on s.person_id = c.id
)
select c.young_person_id, c.letter, c.given_name, c.middle_name, c.family_name,
  coalesce(r.line_1, ''), coalesce(r.line_2, ''), coalesce(r.line_3, ''), coalesce(r.line_4, ''),
  coalesce(r.town, ''), coalesce(r.county, ''), coalesce(r.postcode, ''),
  c.gender, coalesce(c.date_of_birth::text, ''), c.ethnicity, %(la_code)s, c.educated_la,
  case when c.letter = c.cohort_status then c.transferred_to_la else '' end,
  c.la_at_year_11, c.uln, c.upn, case when c.has_guarantee and (c.owed_11 or c.owed_12) then 'Y' else 'N' end,
  '', '', c.previous_id,
  coalesce(g11.status, ''), coalesce(g11.la_code, ''), coalesce(g12.status, ''), coalesce(g12.la_code, ''),
  c.level_of_need, case when c.plan then 'Y' else 'N' end, case when c.support then 'Y' else 'N' end, c.codes,
  coalesce(nullif(s.code, ''), c.not_known_code), s.began_on::text,
  coalesce(a.ascertained_on, s.began_on)::text,
  -- what was told ahead counts from the day the activity began (errors 237, 256); what another system sent stays
  coalesce(case when s.verified_on is null or a.source = 'loaded' then s.verified_on
    else greatest(s.verified_on, s.began_on, a.ascertained_on) end::text, ''),
  coalesce(a.review_on::text, ''), coalesce(s.lapses_on::text, ''),
  case when s.lapses_on < %(period_end)s then 'Y' else 'N' end,
  coalesce(nullif(a.establishment_number, ''), e.number, ''), coalesce(nullif(a.establishment_name, ''), e.name, ''),
  coalesce(nullif(a.ukprn, ''), e.ukprn, ''), coalesce(s.neet_since_on::text, ''),
  coalesce(a.predicted_end_on::text, ''), c.intended_destination
from cohort c
join settled s on s.id = c.id
left join tracking_activity a on a.id = s.activity_id
left join schools_establishment e on e.id = a.establishment_id
left join lateral (
  select * from tracking_residence x where x.person_id = c.id
    and (x.starts_on is null or x.starts_on <= %(period_end)s) and (x.ends_on is null or x.ends_on >= %(period_end)s)
  order by x.starts_on desc nulls last, x.id desc limit 1
) r on true
left join tracking_guarantee g11 on g11.person_id = c.id and g11.year_group = 11 and c.owed_11
left join tracking_guarantee g12 on g12.person_id = c.id and g12.year_group = 12 and c.owed_12
order by c.young_person_id, c.id
