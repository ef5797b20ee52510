-- Functions that answer before a tenant is known, and the few that look across tenants (those return ids only).
-- They run as mg_owner; lib/db/system.ts is their only caller.

CREATE FUNCTION find_person_for_sign_in(wanted text)
RETURNS TABLE (person_id uuid, password_hash text, disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id, p.password_hash, disabled_at IS NOT NULL FROM person p WHERE email = lower(wanted)
$$;

CREATE FUNCTION count_attempts(wanted text, minutes integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*)::integer FROM login_attempt
  WHERE login_attempt.key = wanted AND at > clock_timestamp() - make_interval(mins => minutes)
$$;

-- Some old rows go with each new one, whatever their key, so the table stays small without a job.
CREATE FUNCTION record_attempt(attempt_id uuid, attempt_key text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM login_attempt WHERE login_attempt.id IN (
    SELECT old.id FROM login_attempt old WHERE old.at < clock_timestamp() - interval '1 day' LIMIT 20 FOR UPDATE SKIP LOCKED);
  INSERT INTO login_attempt (id, key, at) VALUES (attempt_id, attempt_key, clock_timestamp());
  RETURN true;
END
$$;

CREATE FUNCTION clear_attempts(wanted text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM login_attempt WHERE login_attempt.key = wanted;
  RETURN true;
END
$$;

CREATE FUNCTION create_session(session_id uuid, person uuid, used_factors text[], agent text) RETURNS uuid
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO session (id, person_id, factors, user_agent, created_at, last_seen_at)
  VALUES (session_id, person, used_factors, left(agent, 300), clock_timestamp(), clock_timestamp()) RETURNING id
$$;

-- Live means: not revoked, the person not disabled, used within 14 days. last_seen_at moves at most once a minute.
CREATE FUNCTION read_session(session_id uuid)
RETURNS TABLE (person_id uuid, name text, email text, locale text, factors text[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE session s SET last_seen_at = clock_timestamp()
  WHERE s.id = session_id AND s.revoked_at IS NULL
    AND s.last_seen_at BETWEEN clock_timestamp() - interval '14 days' AND clock_timestamp() - interval '1 minute';
  RETURN QUERY SELECT p.id, p.name, p.email, p.locale, s.factors FROM session s JOIN person p ON p.id = s.person_id
  WHERE s.id = session_id AND s.revoked_at IS NULL AND p.disabled_at IS NULL
    AND s.last_seen_at > clock_timestamp() - interval '14 days';
END
$$;

CREATE FUNCTION revoke_session(session_id uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE session SET revoked_at = clock_timestamp() WHERE id = session_id AND revoked_at IS NULL;
  RETURN FOUND;
END
$$;

CREATE FUNCTION tenants_of_person(person uuid) RETURNS TABLE (slug text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.slug, t.name FROM membership m JOIN tenant t ON t.id = m.tenant_id
  WHERE m.person_id = person AND m.state = 'active' ORDER BY t.name
$$;

CREATE FUNCTION find_membership(person uuid, wanted_slug text)
RETURNS TABLE (tenant_id uuid, tenant_name text, zone text, undo_seconds integer, membership_id uuid, display_name text,
  roles text[], capabilities jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.name, coalesce(s.zone, 'Asia/Tokyo'), coalesce(s.undo_seconds, 10), m.id, m.display_name,
    ARRAY(SELECT r.role FROM membership_role r WHERE r.tenant_id = t.id AND r.membership_id = m.id ORDER BY r.role),
    coalesce((SELECT jsonb_object_agg(c.capability, c.granted) FROM membership_capability c
      WHERE c.tenant_id = t.id AND c.membership_id = m.id), '{}'::jsonb)
  FROM tenant t JOIN membership m ON m.tenant_id = t.id LEFT JOIN tenant_setting s ON s.tenant_id = t.id
  WHERE t.slug = wanted_slug AND m.person_id = person AND m.state = 'active'
$$;

-- Accounts nobody holds and whose pause is over.
CREATE FUNCTION accounts_without_owner(most integer) RETURNS TABLE (tenant_id uuid, account_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.tenant_id, a.id FROM mail_account a
  WHERE a.state = 'active' AND a.next_attempt_at <= clock_timestamp()
    AND (a.lease_until IS NULL OR a.lease_until < clock_timestamp())
  ORDER BY a.next_attempt_at LIMIT most
$$;

-- Those whose doorbell seems lost: a job takes up fresh ones.
CREATE FUNCTION mailboxes_with_pending_mail() RETURNS TABLE (tenant_id uuid, mailbox_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT i.tenant_id, i.mailbox_id FROM inbound_mail i
  WHERE i.state = 'pending' AND i.fetched_at < clock_timestamp() - interval '4 seconds'
$$;

-- Due to be sent, or left behind by a process that died while sending.
CREATE FUNCTION deliveries_due(most integer) RETURNS TABLE (tenant_id uuid, delivery_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT d.tenant_id, d.id FROM delivery d
   WHERE d.state IN ('queued', 'retry') AND d.next_attempt_at <= clock_timestamp() ORDER BY d.next_attempt_at LIMIT most)
  UNION ALL
  (SELECT d.tenant_id, d.id FROM delivery d
   WHERE d.state = 'sending' AND d.lease_until < clock_timestamp() ORDER BY d.lease_until LIMIT most)
$$;

CREATE FUNCTION deliveries_to_file(most integer) RETURNS TABLE (tenant_id uuid, delivery_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.tenant_id, d.id FROM delivery d
  WHERE d.state = 'sent' AND d.filed = 'pending' AND coalesce(d.filed_next_at, '-infinity') <= clock_timestamp()
  ORDER BY d.filed_next_at NULLS FIRST LIMIT most
$$;

CREATE FUNCTION holds_over(business_now timestamptz, most integer) RETURNS TABLE (tenant_id uuid, conversation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.tenant_id, c.id FROM conversation c
  WHERE c.status = 'hold' AND c.place = 'normal' AND c.hold_until <= business_now ORDER BY c.hold_until LIMIT most
$$;

DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOR signature IN SELECT p.oid::regprocedure FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public' WHERE p.prosecdef
  LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO app', signature);
  END LOOP;
END
$$;
