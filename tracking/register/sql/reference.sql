-- The two dated tables the database itself reads when it derives situations.
create view tracking_activitycode as
  select key as code, values ->> 'status' as status, values ->> 'status' = 'NEET' as is_neet, valid_from, valid_to
  from tracking_referencerow where "table" = 'activity_codes';

create view tracking_currencyrule as
  select values ->> 'activity_code' as code,
    replace(values ->> 'basis', ' ', '_') as basis,
    case when values ->> 'unit' = 'months' then (values ->> 'amount')::int else 0 end as months,
    case when values ->> 'unit' = 'days' then (values ->> 'amount')::int else 0 end as days,
    coalesce(values ->> 'capped_by_end', 'N') = 'Y' as capped_by_end,
    valid_from, valid_to
  from tracking_referencerow where "table" = 'currency_rules';
