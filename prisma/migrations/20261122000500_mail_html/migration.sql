-- HTML of mails that a newer sanitiser makes anew, and mails whose original is gone.

-- AlterTable
ALTER TABLE "message_body" ADD COLUMN     "lost" BOOLEAN NOT NULL DEFAULT false;

-- Made by an older sanitiser.
CREATE INDEX message_body_version ON message_body (sanitiser_version);
-- Ids are made in the order of time, so those of the last day stand together.
CREATE INDEX message_with_html ON message (id) WHERE has_html;

-- Mails whose HTML nobody has made safe though they came between the two ids, and those an older sanitiser made.
CREATE FUNCTION bodies_to_make(version integer, newer_than uuid, older_than uuid, most integer)
RETURNS TABLE (tenant_id uuid, message_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT m.tenant_id, m.id FROM message m
   WHERE m.has_html AND m.id > newer_than AND m.id < older_than
     AND NOT EXISTS (SELECT 1 FROM message_body b WHERE b.tenant_id = m.tenant_id AND b.message_id = m.id)
   ORDER BY m.id LIMIT most)
  UNION ALL
  (SELECT b.tenant_id, b.message_id FROM message_body b
   WHERE b.sanitiser_version < version ORDER BY b.sanitiser_version LIMIT most)
$$;

DO $$
BEGIN
  EXECUTE 'REVOKE ALL ON FUNCTION bodies_to_make(integer, uuid, uuid, integer) FROM PUBLIC';
  EXECUTE 'GRANT EXECUTE ON FUNCTION bodies_to_make(integer, uuid, uuid, integer) TO app';
END
$$;
