#!/bin/sh
# For the PostgreSQL container: the two roles get the passwords of the environment, the owner gets the database.
set -e
psql -v ON_ERROR_STOP=1 -v owner="$DB_OWNER_PASSWORD" -v app="$DB_APP_PASSWORD" -U postgres -d neet <<'SQL'
ALTER ROLE neet_owner PASSWORD :'owner';
ALTER ROLE neet_app PASSWORD :'app';
ALTER DATABASE neet OWNER TO neet_owner;
SQL
