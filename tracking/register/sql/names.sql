-- Names as they are searched: without accents, capitals, apostrophes and hyphens.
create or replace function tracking_fold(name text) returns text language sql immutable parallel safe strict
set search_path from current as $$
  select regexp_replace(upper(unaccent('unaccent', name)), '[^A-Z0-9 ]+', '', 'g')
$$;

create index youngperson_name_order on tracking_youngperson
  (authority_id, tracking_fold(family_name) collate "C", tracking_fold(given_name) collate "C", id);
create index youngperson_name_like on tracking_youngperson
  using gin (tracking_fold(given_name || ' ' || family_name) gin_trgm_ops);
create index formername_like on tracking_formername
  using gin (tracking_fold(given_name || ' ' || family_name) gin_trgm_ops);
create index residence_postcode_close on tracking_residence (replace(postcode, ' ', '')) where ends_on is null;
