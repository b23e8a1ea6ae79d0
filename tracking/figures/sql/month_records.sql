-- One row a young person and month, divided by month; each month's division is made when the month is first frozen.
create sequence tracking_monthrecord_id_seq;
create table tracking_monthrecord (
  id bigint not null default nextval('tracking_monthrecord_id_seq'), -- identities in divided tables came later than 15
  authority_id bigint not null,
  month date not null,
  person_id bigint,
  reason varchar(16) not null,
  is_measured boolean not null,
  academic_age smallint,
  code varchar(3) not null,
  status varchar(10) not null,
  has_lapsed boolean not null,
  participates boolean not null,
  neet_since_on date,
  district_id bigint,
  establishment_id bigint,
  service_id bigint,
  need varchar(4) not null,
  is_vulnerable boolean not null,
  characteristics varchar(4)[],
  gender varchar(1) not null,
  ethnicity varchar(4) not null,
  guarantee varchar(3),
  freeze_id bigint not null,
  constraint monthrecord_measured_has_an_age check (not is_measured or academic_age is not null)
) partition by range (month);
create index monthrecord_person on tracking_monthrecord (freeze_id, person_id);
create index monthrecord_of_person on tracking_monthrecord (person_id) where person_id is not null;
create index monthrecord_neet on tracking_monthrecord (authority_id, month, person_id)
  where is_measured and status = 'NEET';
