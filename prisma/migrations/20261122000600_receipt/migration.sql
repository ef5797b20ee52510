-- Receipt with two cursors, gaps, mail asked for again, and the alarm of a standstill.

-- AlterTable
ALTER TABLE "mail_account" ADD COLUMN     "alarm_next_at" TIMESTAMPTZ(3),
ADD COLUMN     "alarm_noted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "mail_folder" ADD COLUMN     "first_uid" BIGINT,
ADD COLUMN     "import_uid" BIGINT;

-- AlterTable
ALTER TABLE "inbound_mail" ADD COLUMN     "refetch" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "words" TEXT;

-- What lies below the first mail that was taken in is from before our time. Not known for folders that were read before
-- this column: what was stored first says it.
UPDATE mail_folder f SET first_uid = coalesce(
  (SELECT min(i.uid) FROM inbound_mail i WHERE i.tenant_id = f.tenant_id AND i.account_id = f.account_id
     AND i.folder = f.folder AND i.uid_validity = f.uid_validity), f.last_uid + 1);

ALTER TABLE mail_folder ADD CHECK ((import_uid IS NULL) = (import_upto IS NULL));

-- Few at a time: mails whose bytes an admin asked for once more.
CREATE INDEX inbound_mail_refetch ON inbound_mail (tenant_id, account_id) WHERE refetch;
-- The board: mails of the last day by account.
CREATE INDEX "inbound_mail_tenant_id_account_id_fetched_at_idx" ON "inbound_mail"("tenant_id", "account_id", "fetched_at");
-- New mail before what is being imported.
DROP INDEX inbound_mail_pending;
CREATE INDEX inbound_mail_pending ON inbound_mail (mailbox_id, imported, account_id, folder, uid_validity, uid)
  WHERE state = 'pending';
CREATE INDEX mail_account_alarm ON mail_account (tenant_id, id)
  WHERE stands_since IS NOT NULL OR alarm_noted_at IS NOT NULL;

-- Accounts whose standstill is to be told, or whose recovery.
CREATE FUNCTION alarms_due(most integer) RETURNS TABLE (tenant_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.tenant_id, a.id FROM mail_account a JOIN tenant_setting s ON s.tenant_id = a.tenant_id
  WHERE (a.stands_since IS NOT NULL OR a.alarm_noted_at IS NOT NULL) AND a.state = 'active'
    AND coalesce(a.alarm_next_at, '-infinity') <= clock_timestamp()
    AND ((a.stands_since IS NULL AND a.alarm_noted_at IS NOT NULL)
      OR (a.failures >= 2 AND a.alarm_sent_at IS NULL
        AND a.stands_since < clock_timestamp() - make_interval(mins => s.alarm_after_minutes)))
  LIMIT most
$$;

DO $$
BEGIN
  EXECUTE 'REVOKE ALL ON FUNCTION alarms_due(integer) FROM PUBLIC';
  EXECUTE 'GRANT EXECUTE ON FUNCTION alarms_due(integer) TO app';
END
$$;
