-- The serving role never writes a situation or a history row itself: the database does.
revoke insert, update, delete, truncate on tracking_situation from neet_app;
do $$ declare past record; begin
  for past in select tablename from pg_tables where tablename like 'tracking\_%\_history' loop
    execute format('revoke insert, update (superseded_at) on %I from neet_app', past.tablename);
  end loop;
end $$;
