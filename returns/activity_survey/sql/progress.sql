-- How far a survey is, as a whole, by the school they left, and by the district they live in.
select grouping(establishment_id, district_id), establishment_id, district_id, count(*),
  count(*) filter (where standing = 'known'), count(*) filter (where standing = 'to_confirm'),
  count(*) filter (where standing = 'not_known')
from ({read}) r
group by grouping sets ((), (establishment_id), (district_id))
