-- The Year 11 part of the September Guarantee's fixed list, less whoever another council's school taught: as the survey
-- counts them. `found` are the candidates, who say where somebody was on the day.
select m.person_id, 11 as year_group,
  case when c.basis = 'custody' then 'custody' when m.reason = %(taught_here)s then 'school' else 'no_roll' end as basis,
  coalesce(m.establishment_id, c.establishment_id) as establishment_id, c.district_id, '' as left_out
from tracking_cohortmember m
left join found c on c.person_id = m.person_id
where m.freeze_id = %(freeze)s and m.year_group = 11 and m.removed_on is null and m.person_id is not null
  and m.reason <> %(taught_elsewhere)s
