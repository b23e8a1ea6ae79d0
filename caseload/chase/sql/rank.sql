-- What a call to each of these people is worth now, best first: caseload/chase/rules/ranking.py and protocol.py in SQL,
-- for lists too long to read into Python; a test holds them together.
with chosen as materialized ({wanted}), people as ({people}), numbers as ({numbers}), chances as (
  select n.person_id, max(case when n.tried_on is distinct from %(day)s then
      u.knows * (u.usual * %(strength)s + %(elsewhere)s * (answered_0 + answered_1 + answered_2 + answered_3)
          + (1 - %(elsewhere)s) * (array[answered_0, answered_1, answered_2, answered_3])[%(band)s::int + 1])
        / (%(strength)s + %(elsewhere)s * (tried_0 + tried_1 + tried_2 + tried_3)
          + (1 - %(elsewhere)s) * (array[tried_0, tried_1, tried_2, tried_3])[%(band)s::int + 1]) end) as chance
  from numbers n
  join unnest(%(whose)s::text[], %(usual)s::float8[], %(knows)s::float8[]) as u (whose, usual, knows)
    on u.whose = n.whose
  group by n.person_id
), standing as (
  select p.*, case when p.counts and k.code is not null then k.status else 'NOT_KNOWN' end as status
  from people p left join unnest(%(codes)s::text[], %(statuses)s::text[]) as k (code, status) on k.code = p.code
), dated as (
  select s.*, case
      when status = 'NEET' then coalesce(neet_since_on, starts_on)
      when code = '' then unknown_from
      when status = 'NOT_KNOWN' and not counts and counts_until is not null then counts_until + 1
      else starts_on end as since
  from standing s
), due as (
  select d.*, least(
      case when spoken_on is null or spoken_on < since then since + r.first_days else spoken_on + r.every_days end,
      case when r.before_end_days > 0 and since is not null
          and (spoken_on is null or spoken_on < expected_to_end_on - r.before_end_days)
        then expected_to_end_on - r.before_end_days end) as due_on
  from dated d
  left join lateral (
    select * from unnest(%(rule_status)s::text[], %(rule_need)s::text[], %(rule_vulnerable)s::bool[],
        %(rule_activities)s::text[], %(first_days)s::int[], %(every_days)s::int[], %(before_end_days)s::int[])
      with ordinality as x (status, need, vulnerable, activities, first_days, every_days, before_end_days, place)
    where x.status = d.status and x.need in ('', d.level_of_need) and (d.vulnerable or not x.vulnerable)
      and (x.activities = '' or d.code = any(string_to_array(x.activities, ' ')))
    order by x.place limit 1
  ) r on true
), kinds as (
  select d.*, case
      when status = 'NOT_KNOWN' then 'not_known'
      when status = 'EET' and counts_until <= %(soon)s then 'lapsing'
      else 'neet_protocol' end as kind
  from due d
)
select k.person_id,
  case when c.person_id is null then %(nobody)s else c.chance end
    * (%(kind_shares)s::jsonb ->> k.kind)::float8
    * case when k.date_of_birth between %(born_from)s and %(born_to)s then %(month)s else 1 end
    * case when k.vulnerable then %(vulnerable_share)s else 1 end
    * coalesce((%(needs)s::jsonb ->> k.level_of_need)::float8, 1)
    * coalesce((%(activities)s::jsonb ->> k.code)::float8, 1)
    * case when k.due_on < %(day)s then %(overdue)s else 1 end
    * case when k.promised_at is not null then %(called_back)s else 1 end
    * case when k.sought <> '' then %(sought_share)s else 1 end as score,
  k.vulnerable, coalesce(k.tried_at, k.since::timestamp at time zone 'UTC', %(long_ago)s) as waited_since
from kinds k left join chances c on c.person_id = k.person_id
where (k.kind <> 'neet_protocol' or k.due_on <= %(day)s)
  and coalesce(k.promised_at, k.again_at, %(now)s) <= %(now)s
  and (c.person_id is null or c.chance is not null)
order by score desc, k.person_id
