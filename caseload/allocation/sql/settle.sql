-- Writes what the rules said: a new case, or a new word on one about which no person decided and that still goes on.
insert into caseload_case (
  run_id, person_id, state, service_id, offer, rule, offer_rule, also, facts, neet_since, added_on, is_late, why_decided)
select %(run)s, x.person_id, x.state, x.service_id, x.offer, x.rule, x.offer_rule, x.also, x.facts, x.neet_since,
  %(day)s, %(late)s, ''
from jsonb_to_recordset(%(cases)s::jsonb) as x (
  person_id bigint, state text, service_id bigint, offer text, rule text, offer_rule text, also text, facts jsonb,
  neet_since date)
order by x.person_id
on conflict (run_id, person_id) do update set
  state = excluded.state, service_id = excluded.service_id, offer = excluded.offer, rule = excluded.rule,
  offer_rule = excluded.offer_rule, also = excluded.also, facts = excluded.facts, neet_since = excluded.neet_since,
  worker_id = case when caseload_case.service_id is not distinct from excluded.service_id
    then caseload_case.worker_id end,
  ended_on = null
where caseload_case.decided_by_id is null and caseload_case.state <> 'handed_back'
  and (caseload_case.state, caseload_case.service_id, caseload_case.offer, caseload_case.rule,
       caseload_case.offer_rule, caseload_case.also, caseload_case.facts, caseload_case.neet_since)
    is distinct from (excluded.state, excluded.service_id, excluded.offer, excluded.rule,
                      excluded.offer_rule, excluded.also, excluded.facts, excluded.neet_since)
returning person_id, xmax = 0
