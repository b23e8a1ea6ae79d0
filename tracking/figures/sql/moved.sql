-- Between the two months of each pair (as in flows.sql): everybody who counts as one status in either of them, with where
-- in a cut they stand then and stood or stand in the other month. `same` says they count as it in both: whether they
-- moved is left to whoever counts, because of a part somebody leaves who stays in the whole.
select p.after_month as month, m.* from {pairs} cross join lateral (
  select true as came, {now_at} as at, {now_by} as by, {was_at} as other_at, {was_by} as other_by,
    coalesce(was.is_measured and was.status = %(status)s and {was_here}, false) as same, false as is_left
  from {now} as now left join {was} as was on was.person_id = now.person_id
  where now.is_measured and now.status = %(status)s and {is_here}
  union all
  select false, {was_at}, {was_by}, {now_at}, {now_by},
    coalesce(now.is_measured and now.status = %(status)s and {is_here}, false),
    coalesce(now.is_measured and now.status = any(%(left_to)s), false)
  from {was} as was left join {now} as now on now.person_id = was.person_id
  where was.is_measured and was.status = %(status)s and {was_here}
) as m
