-- Where they stand follows from it.

-- situations
select count(*) from (select set_config('neet.situate', '', true)) told, (
  select tracking_situate(array(select person_id from deeds where why is null and person_id is not null))) derived
