-- What the rows mean for what each young person does.

-- deeds
-- What each row does to the person's activities, from when, and what stands in the way of it.
create temp table deeds on commit drop as
with present as materialized (
  select distinct on (a.person_id) a.person_id, a.id, a.code, a.starts_on, a.ends_on, a.source,
    coalesce(a.establishment_id = %(establishment)s, false) as is_here
  from arriving r join tracking_activity a on a.person_id = r.person_id
  where a.is_primary and a.starts_on <= %(as_at)s and (a.ends_on is null or a.ends_on >= %(as_at)s)
  order by a.person_id, a.starts_on desc, a.id desc
), latest as materialized (
  select distinct on (a.person_id) a.person_id, a.id, a.starts_on, a.ends_on
  from arriving r join tracking_activity a on a.person_id = r.person_id
  where a.is_primary and a.establishment_id = %(establishment)s and a.starts_on <= %(as_at)s
  order by a.person_id, a.starts_on desc, a.id desc
), beside as materialized (
  select distinct on (a.person_id) a.person_id, a.id, a.code
  from arriving r join tracking_activity a on a.person_id = r.person_id
  where not a.is_primary and a.establishment_id = %(establishment)s and a.starts_on <= %(as_at)s
    and (a.ends_on is null or a.ends_on >= %(as_at)s)
  order by a.person_id, a.starts_on desc, a.id desc
), meant as (
  select r.place, r.person_id, r.is_new, coalesce(r.born, p.date_of_birth) as born, p.cohort_status, r.starts_on as said_start,
    r.answer, r.left_on, c.id as present_id, c.code as present_code, c.starts_on as present_start, c.is_here, c.source,
    l.id as latest_id, l.starts_on as latest_start, l.ends_on as latest_end, b.id as beside_id, b.code as beside_code,
    coalesce(nullif(r.code, ''), case when c.is_here and c.code = any(%(learning)s) then c.code end,
             %(full_time_here)s) as code,
    c.code = any(%(not_known)s) as gives_way,
    row_number() over (partition by coalesce(r.person_id, -r.place) order by r.place) as turn,
    (h.recorded_at at time zone 'Europe/London')::date as recorded_on
  from arriving r
  left join tracking_youngperson p on p.id = r.person_id
  left join tracking_youngperson_history h on h.id = r.person_id and h.superseded_at is null
  left join present c on c.person_id = r.person_id
  left join latest l on l.person_id = r.person_id
  left join beside b on b.person_id = r.person_id
), done as (
  select *, case
      when answer = 'still_here' then case when is_here then 'confirm' else 'nothing' end
      when answer in ('left', 'never_came') or left_on is not null then
        case when latest_id is null and answer is null and said_start is not null then 'open'
          when latest_id is null or latest_end <= left_on then 'nothing' else 'leave' end
      when is_here and code = present_code then
        case when source = %(source)s and present_start >= %(year_start)s and said_start >= %(year_start)s
          and said_start <> present_start then 'correct' else 'confirm' end
      when beside_code = code then 'confirm_beside'
      when is_here and source = %(source)s and present_start >= %(year_start)s
        and present_code = any(%(learning)s) then 'correct'
      else 'open' end as does
  from meant
), dated as (
  select *, case does
      when 'open' then case
        when said_start is null or (said_start < %(year_start)s and present_start >= said_start) then case
          when %(is_autumn)s and (present_start is null or present_start < %(year_start)s or gives_way)
            then %(year_start)s else %(as_at)s end
        else said_start end
      when 'correct' then case when said_start >= %(year_start)s then said_start else present_start end
      when 'leave' then coalesce(left_on, greatest(latest_start, %(year_start)s - 1))
    end as day
  from done
), crossed as (
  -- What the register holds from that day on, apart from stretches not known, which give way.
  select d.place, bool_or(o.starts_on = d.day) as on_the_day,
    bool_or(o.starts_on > d.day and o.starts_on <= %(as_at)s) as after_it,
    min(o.starts_on) filter (where o.starts_on > %(as_at)s) as next_on
  from dated d join tracking_activity o on o.person_id = d.person_id
  where d.does in ('open', 'correct') and o.is_primary and o.starts_on >= d.day
    and (o.starts_on > %(as_at)s or o.code <> all(%(not_known)s))
    and not (d.does = 'correct' and o.id = d.present_id)
  group by d.place
)
select d.place, d.person_id, d.is_new, d.recorded_on, d.born, d.does, d.day, d.code, d.present_id, d.present_start,
  least(x.next_on - 1, case when d.answer is null then d.left_on end) as until,
  case d.does when 'open' then nextval(pg_get_serial_sequence('tracking_activity', 'id'))
    when 'leave' then d.latest_id when 'confirm_beside' then d.beside_id when 'nothing' then null
    else d.present_id end as activity_id,
  case
    when d.turn > 1 then 'twice'
    when d.cohort_status <> all(%(tracked)s) then 'gone'
    when d.code = '' and d.does in ('open', 'correct') then 'no_activity'
    when d.does in ('open', 'correct') and d.day > %(as_at)s then 'starts_later'
    when d.does in ('open', 'correct') and d.day < d.born then 'before_birth'
    when d.does = 'open' and d.answer is null and d.left_on < d.day then 'left_before_start'
    when d.does = 'leave' and d.day > %(today)s or d.does = 'open' and d.left_on > %(today)s then 'leaves_later'
    when d.does = 'leave' and d.day < d.latest_start then 'left_before_start'
    when d.does = 'leave' and %(leaving)s <> 'newest' then 'kept'
    when d.does in ('open', 'correct') and d.present_id is not null and not d.gives_way and %(activity)s <> 'newest'
      then 'kept'
    when x.on_the_day then 'same_day'
    when x.after_it then 'something_since'
  end as why
from dated d left join crossed x on x.place = d.place
