-- Whose objection counts on a day (tracking/rules/objection.py in SQL): a parent's before the 16th birthday, their own
-- from then on. Asked of the people of one return: everybody's objections in England are many.
select o.person_id from tracking_objection o join tracking_youngperson p on p.id = o.person_id,
lateral (select (p.date_of_birth - 1 + interval '16 years')::date + 1 as sixteen_on) b
where o.person_id in (select person_id from {whose}) and o.made_on <= %(today)s
  and (o.withdrawn_on is null or o.withdrawn_on > %(today)s)
  and (p.date_of_birth is null or o.made_by = 'young_person' and b.sixteen_on <= %(today)s
    or o.made_by = 'parent' and o.made_on < b.sixteen_on and not exists (
      select from tracking_objection own where own.person_id = o.person_id and own.made_by = 'young_person'
        and own.made_on between b.sixteen_on and %(today)s))
