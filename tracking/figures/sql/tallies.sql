-- The records of some months summed up by every combination of what figures are cut by: the columns of MonthTally.
-- Where they stand, the table or the statement that works them out, and what more they are to be told apart by, is put
-- in by whoever asks.
select authority_id, month, academic_age, district_id, establishment_id, service_id, need, is_vulnerable, gender{more},
  count(*) filter (where is_measured) as people,
  count(*) filter (where is_measured and status <> 'EXCLUDED') as cohort,
  count(*) filter (where is_measured and status = 'NEET') as neet,
  count(*) filter (where is_measured and status = 'NOT_KNOWN') as not_known,
  count(*) filter (where is_measured and status = 'NOT_KNOWN' and has_lapsed) as lapsed,
  count(*) filter (where is_measured and participates) as participating,
  count(guarantee) as owed,
  count(*) filter (where guarantee = any(%(offers)s)) as offered
from ({records}) as record
where is_measured or guarantee is not null
group by authority_id, month, academic_age, district_id, establishment_id, service_id, need, is_vulnerable, gender{more}
