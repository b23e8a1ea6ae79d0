-- Between two months (p.before_freeze, p.before_month and p.after_freeze, p.after_month): everybody who counts as
-- one status in one of them and not in the other, with the direction and from where or to where. Put in by whoever asks:
-- the two months' records, and the conditions that say who belongs to the cut.
select 'joined' as direction, case
    when was.person_id is null or not was.is_measured then 'new'
    when was.status = %(status)s then 'elsewhere'
    else was.status end as how, now.person_id
from {now} as now left join {was} as was on was.person_id = now.person_id
where now.is_measured and now.status = %(status)s and {is_here}
  and not coalesce(was.is_measured and was.status = %(status)s and {was_here}, false)
union all
select 'left', case
    when now.person_id is null then 'gone'
    when not now.is_measured then now.reason
    when now.status = %(status)s then 'elsewhere'
    else now.status end, was.person_id
from {was} as was left join {now} as now on now.person_id = was.person_id
where was.is_measured and was.status = %(status)s and {was_here}
  and not coalesce(now.is_measured and now.status = %(status)s and {is_here}, false)
