-- How many of the measured did what, cut by district, by place and by academic age; `status` says what is known of them.
select grouping(r.district_id, r.establishment_id, r.academic_age), r.district_id, r.establishment_id, r.academic_age,
  r.code, r.status, count(*)
from ({records}) r
where r.is_measured
group by grouping sets ((r.code, r.status), (r.code, r.status, r.district_id),
  (r.code, r.status, r.establishment_id), (r.code, r.status, r.academic_age))
