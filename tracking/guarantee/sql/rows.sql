-- One row for each member a cohort has on a day: who, which year group, how their guarantee stands, which column that is,
-- and the part of the council asked for. What nobody recorded was not asked. The status as it is
-- now or as it was known at a moment, and what the board is cut by, are put in by whoever asks.
select m.person_id, m.year_group, coalesce(st.status, '') as status, coalesce(c.stand, %(not_asked)s) as stand,
  {part} as part
from tracking_cohortmember m
{status}
left join unnest(%(codes)s::text[], %(stands)s::text[]) as c (code, stand) on c.code = st.status
{beside}
where m.freeze_id = %(freeze)s and m.added_on <= %(day)s and (m.removed_on is null or m.removed_on > %(day)s)
