-- What Prisma's schema can't say: the words a column may hold (text + CHECK, architecture.md 3), generated and partial parts.

ALTER TABLE tenant ADD CHECK (slug ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$');
ALTER TABLE person ADD CHECK (email = lower(email)), ADD CHECK (locale IN ('ja', 'en'));
ALTER TABLE membership ADD CHECK (state IN ('active', 'ended'));
ALTER TABLE membership_role ADD CHECK (role IN ('viewer', 'agent', 'supervisor', 'manager', 'admin'));
ALTER TABLE membership_capability ADD CHECK (capability IN ('pii.view', 'export', 'erase'));
ALTER TABLE mailbox ADD CHECK (default_then IN ('done', 'doing', 'hold'));
ALTER TABLE mail_account
  ADD CHECK (imap_security IN ('tls', 'starttls', 'none')),
  ADD CHECK (smtp_security IN ('tls', 'starttls', 'none')),
  ADD CHECK (state IN ('active', 'paused'));
ALTER TABLE mail_folder ADD CHECK (role IN ('inbox', 'sent'));
ALTER TABLE inbound_mail
  ADD CHECK (folder_role IN ('inbox', 'sent')),
  ADD CHECK (state IN ('pending', 'done', 'duplicate', 'ignored', 'failed'));
ALTER TABLE conversation
  ADD CHECK (status IN ('new', 'doing', 'hold', 'done')),
  ADD CHECK (done_kind IN ('answered', 'none', 'auto')),
  ADD CHECK ((status = 'done') = (done_kind IS NOT NULL)),
  ADD CHECK (place IN ('normal', 'spam', 'trash', 'merged')),
  ADD CHECK (warning IN ('failed', 'uncertain')),
  ADD CHECK (hold_for IN ('customer', 'inside')),
  ADD CHECK (due_source IN ('hand', 'rule', 'sla')),
  ADD CHECK (channel IN ('mail', 'phone', 'form', 'chat'));
ALTER TABLE message
  ADD CHECK (direction IN ('in', 'out')),
  ADD CHECK (class IN ('human', 'thanks', 'auto', 'list', 'receipt', 'notice', 'spam', 'internal', 'bounce'));
ALTER TABLE message_address ADD CHECK (role IN ('reply_to', 'to', 'cc', 'bcc'));
ALTER TABLE delivery
  ADD CHECK (state IN ('queued', 'sending', 'sent', 'retry', 'failed', 'uncertain', 'cancelled')),
  ADD CHECK (then_status IN ('done', 'doing', 'hold')),
  ADD CHECK (filed IN ('pending', 'done', 'skipped', 'failed'));
ALTER TABLE delivery_recipient
  ADD CHECK (kind IN ('to', 'cc', 'bcc')),
  ADD CHECK (state IN ('pending', 'accepted', 'refused'));
ALTER TABLE conversation_event ADD CHECK (actor_kind IN ('person', 'system', 'rule', 'customer', 'guest', 'api'));

-- "Not due" sorts last. Not in the Prisma model: it reads infinity as an invalid date.
ALTER TABLE conversation ADD COLUMN due_sort timestamptz(3) NOT NULL
  GENERATED ALWAYS AS (coalesce(due_at, 'infinity'::timestamptz)) STORED;
CREATE INDEX conversation_due ON conversation (tenant_id, mailbox_id, due_sort)
  WHERE status <> 'done' AND place = 'normal';

-- The list: one range per 窓口 and status, merged (architecture.md 3).
CREATE INDEX conversation_list ON conversation (tenant_id, mailbox_id, status, last_message_at DESC, id DESC)
  WHERE place = 'normal';
CREATE INDEX conversation_unassigned ON conversation (tenant_id, mailbox_id, last_message_at DESC, id DESC)
  WHERE place = 'normal' AND status <> 'done' AND assignee_id IS NULL;
CREATE INDEX conversation_mine ON conversation (tenant_id, assignee_id, last_message_at DESC, id DESC)
  WHERE place = 'normal' AND status <> 'done' AND assignee_id IS NOT NULL;
CREATE INDEX conversation_held ON conversation (hold_until) WHERE status = 'hold' AND hold_until IS NOT NULL;

-- What sweepers look for; led by what they ask, as they look across tenants.
CREATE INDEX inbound_mail_pending ON inbound_mail (mailbox_id, account_id, folder, uid_validity, uid) WHERE state = 'pending';
CREATE INDEX delivery_due ON delivery (next_attempt_at) WHERE state IN ('queued', 'retry');
CREATE INDEX delivery_running ON delivery (lease_until) WHERE state = 'sending';
CREATE INDEX delivery_to_file ON delivery (filed_next_at) WHERE state = 'sent' AND filed = 'pending';
CREATE INDEX mail_account_due ON mail_account (next_attempt_at) WHERE state = 'active';

-- The open waits of one conversation: the source of waiting_since.
CREATE INDEX inbound_wait_open ON inbound_wait (tenant_id, conversation_id, occurred_at)
  WHERE answered_by IS NULL AND closed_by IS NULL;

-- Mails without a Message-ID are told apart by their digest.
CREATE INDEX message_without_id ON message (tenant_id, mailbox_id, digest) WHERE message_id_header IS NULL;
