-- Tenancy is held by the database (architecture.md 3): every table with tenant_id, partitions too, has row-level security
-- that binds its owner as well. No setting means zero rows; a malformed one is an error.

DO $$
DECLARE
  name text;
  partition boolean;
BEGIN
  FOR name, partition IN
    SELECT c.relname, c.relispartition FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p')
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format($policy$CREATE POLICY tenant ON %I
      USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)
      WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)$policy$, name);
    -- Grants on the parent only: nobody but the owner reaches a partition by its own name.
    IF NOT partition THEN
      EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO app', name);
    END IF;
  END LOOP;
END
$$;

-- History is written once.
REVOKE UPDATE, DELETE ON conversation_event, feed FROM app;
REVOKE UPDATE, DELETE ON view_log FROM app;
-- Machine state without a tenant.
GRANT SELECT, INSERT, UPDATE, DELETE ON worker_lease TO app;
-- tenant, person, session, login_attempt: no grant; lib/db/system.ts asks the functions of the next migration.
