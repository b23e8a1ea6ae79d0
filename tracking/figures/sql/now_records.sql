-- Everybody's row as they count today, kept between readings: whoever reads the figures of the month in progress works
-- out only those whom something happened to since. All of it can be thrown away: it is made again from the register.
create unlogged table tracking_nowrecord (like tracking_monthrecord);
alter table tracking_nowrecord drop column id, drop column freeze_id;
alter table tracking_nowrecord add primary key (authority_id, person_id);
-- By what an authority's rows were made: the day, and the rules in words of their own (a fingerprint).
create unlogged table tracking_nowcount (
  authority_id bigint primary key, day date not null, asked text not null, made_at timestamptz not null default now()
);
-- Whom something happened to since their row was made. Only ever added to by those who write, so nobody waits.
create unlogged table tracking_stirred (authority_id bigint not null, person_id bigint not null);
create index on tracking_stirred (authority_id);
