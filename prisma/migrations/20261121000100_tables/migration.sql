-- Tables, keys and foreign keys as prisma/schema.prisma describes them (made by prisma/migrate/diff.ts).
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'ja',
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "factors" TEXT[],
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "login_attempt" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "login_attempt_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "worker_lease" (
    "name" TEXT NOT NULL,
    "token" UUID NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "worker_lease_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "tenant_setting" (
    "tenant_id" UUID NOT NULL,
    "zone" TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    "undo_seconds" INTEGER NOT NULL DEFAULT 10,
    "reopen_days" INTEGER NOT NULL DEFAULT 30,

    CONSTRAINT "tenant_setting_pkey" PRIMARY KEY ("tenant_id")
);

CREATE TABLE "tenant_counter" (
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "next" BIGINT NOT NULL DEFAULT 1,

    CONSTRAINT "tenant_counter_pkey" PRIMARY KEY ("tenant_id","name")
);

CREATE TABLE "membership" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "display_name" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "membership_role" (
    "tenant_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "role" TEXT NOT NULL,

    CONSTRAINT "membership_role_pkey" PRIMARY KEY ("tenant_id","membership_id","role")
);

CREATE TABLE "membership_capability" (
    "tenant_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,
    "capability" TEXT NOT NULL,
    "granted" BOOLEAN NOT NULL,

    CONSTRAINT "membership_capability_pkey" PRIMARY KEY ("tenant_id","membership_id","capability")
);

CREATE TABLE "member_group" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "member_group_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "group_member" (
    "tenant_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "membership_id" UUID NOT NULL,

    CONSTRAINT "group_member_pkey" PRIMARY KEY ("tenant_id","group_id","membership_id")
);

CREATE TABLE "group_mailbox" (
    "tenant_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,

    CONSTRAINT "group_mailbox_pkey" PRIMARY KEY ("tenant_id","group_id","mailbox_id")
);

CREATE TABLE "calendar" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "calendar_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "calendar_version" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "calendar_id" UUID NOT NULL,
    "valid_from" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "week" JSONB NOT NULL,
    "closed" TEXT[],
    "special" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "calendar_version_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "mailbox" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL DEFAULT 0,
    "calendar_id" UUID,
    "from_name" TEXT NOT NULL DEFAULT '',
    "signature" TEXT NOT NULL DEFAULT '',
    "default_then" TEXT NOT NULL DEFAULT 'done',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "mail_account" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "imap_host" TEXT NOT NULL,
    "imap_port" INTEGER NOT NULL,
    "imap_security" TEXT NOT NULL,
    "imap_user" TEXT NOT NULL,
    "imap_secret" TEXT NOT NULL,
    "smtp_host" TEXT NOT NULL,
    "smtp_port" INTEGER NOT NULL,
    "smtp_security" TEXT NOT NULL,
    "smtp_user" TEXT NOT NULL,
    "smtp_secret" TEXT NOT NULL,
    "inbox_folder" TEXT NOT NULL DEFAULT 'INBOX',
    "sent_folder" TEXT,
    "files_sent" BOOLEAN NOT NULL DEFAULT false,
    "import_since" TIMESTAMPTZ(3),
    "state" TEXT NOT NULL DEFAULT 'active',
    "lease_token" UUID,
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "last_pull_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "last_error_code" TEXT,
    "last_error_words" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "mail_account_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "mail_alias" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "mail_alias_pkey" PRIMARY KEY ("tenant_id","account_id","address")
);

CREATE TABLE "mail_folder" (
    "tenant_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "folder" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "last_uid" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mail_folder_pkey" PRIMARY KEY ("tenant_id","account_id","folder")
);

CREATE TABLE "inbound_mail" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "folder" TEXT NOT NULL,
    "folder_role" TEXT NOT NULL,
    "uid_validity" BIGINT NOT NULL,
    "uid" BIGINT NOT NULL,
    "sha256" TEXT,
    "size" BIGINT NOT NULL,
    "internal_date" TIMESTAMPTZ(3) NOT NULL,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "reason" TEXT,
    "message_id" UUID,

    CONSTRAINT "inbound_mail_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "customer" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "furigana" TEXT,
    "caution" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "customer_address" (
    "tenant_id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "written" TEXT NOT NULL,

    CONSTRAINT "customer_address_pkey" PRIMARY KEY ("tenant_id","address")
);

CREATE TABLE "conversation" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "customer_id" UUID,
    "channel" TEXT NOT NULL DEFAULT 'mail',
    "subject" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "done_kind" TEXT,
    "place" TEXT NOT NULL DEFAULT 'normal',
    "assignee_id" UUID,
    "notice" BOOLEAN NOT NULL DEFAULT false,
    "warning" TEXT,
    "waiting_since" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "due_source" TEXT,
    "hold_for" TEXT,
    "hold_until" TIMESTAMPTZ(3),
    "first_message_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "last_snippet" TEXT NOT NULL DEFAULT '',
    "message_count" INTEGER NOT NULL DEFAULT 0,
    "has_attachment" BOOLEAN NOT NULL DEFAULT false,
    "ended_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "content_seq" INTEGER NOT NULL DEFAULT 0,
    "event_seq" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "conversation_link" (
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "other_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "conversation_link_pkey" PRIMARY KEY ("tenant_id","conversation_id","other_id")
);

CREATE TABLE "message" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "account_id" UUID,
    "direction" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "class_rule" TEXT NOT NULL,
    "kpi_inbound" BOOLEAN NOT NULL DEFAULT false,
    "from_name" TEXT NOT NULL DEFAULT '',
    "from_address" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "has_html" BOOLEAN NOT NULL DEFAULT false,
    "snippet" TEXT NOT NULL DEFAULT '',
    "message_id_header" TEXT,
    "in_reply_to" TEXT[],
    "references" TEXT[],
    "digest" TEXT,
    "raw_sha256" TEXT,
    "sent_date" TIMESTAMPTZ(3),
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "author_id" UUID,
    "thread_reason" TEXT,
    "thread_rank" INTEGER,
    "parse_error" TEXT,
    "content_seq" INTEGER NOT NULL,

    CONSTRAINT "message_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "message_address" (
    "tenant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,

    CONSTRAINT "message_address_pkey" PRIMARY KEY ("tenant_id","message_id","role","position")
);

CREATE TABLE "message_body" (
    "tenant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "html" TEXT NOT NULL,
    "sanitiser_version" INTEGER NOT NULL,
    "blocked_remote" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "message_body_pkey" PRIMARY KEY ("tenant_id","message_id")
);

CREATE TABLE "attachment" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "filename" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "content_id" TEXT,
    "inline" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "attachment_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "mail_reference" (
    "tenant_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "mail_id" TEXT NOT NULL,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID,

    CONSTRAINT "mail_reference_pkey" PRIMARY KEY ("tenant_id","mailbox_id","mail_id")
);

CREATE TABLE "comment" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "content_seq" INTEGER NOT NULL,

    CONSTRAINT "comment_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "draft" (
    "tenant_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "to_list" JSONB NOT NULL,
    "cc_list" JSONB NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "seen_content_seq" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("tenant_id","member_id","conversation_id")
);

CREATE TABLE "delivery" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "client_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "mailbox_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "member_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "human" BOOLEAN NOT NULL DEFAULT true,
    "then_status" TEXT NOT NULL,
    "then_hold_until" TIMESTAMPTZ(3),
    "send_after" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_token" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "date_header" TIMESTAMPTZ(3),
    "data_started_at" TIMESTAMPTZ(3),
    "accepted_at" TIMESTAMPTZ(3),
    "server_response" TEXT,
    "last_code" INTEGER,
    "last_words" TEXT,
    "filed" TEXT NOT NULL DEFAULT 'pending',
    "filed_attempts" INTEGER NOT NULL DEFAULT 0,
    "filed_next_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "delivery_recipient" (
    "tenant_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "customer" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "code" INTEGER,
    "words" TEXT,

    CONSTRAINT "delivery_recipient_pkey" PRIMARY KEY ("tenant_id","delivery_id","position")
);

CREATE TABLE "conversation_event" (
    "tenant_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "v" INTEGER NOT NULL DEFAULT 1,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "batch_id" UUID,
    "cause_id" UUID,
    "mailbox_id" UUID NOT NULL,
    "assignee_id" UUID,
    "status" TEXT NOT NULL,
    "done_kind" TEXT,
    "place" TEXT NOT NULL,
    "imported" BOOLEAN NOT NULL DEFAULT false,
    "data" JSONB NOT NULL,

    CONSTRAINT "conversation_event_pkey" PRIMARY KEY ("tenant_id","id")
);

CREATE TABLE "fold_due" (
    "tenant_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "event_seq" INTEGER NOT NULL,

    CONSTRAINT "fold_due_pkey" PRIMARY KEY ("tenant_id","conversation_id")
);

CREATE TABLE "view_log" (
    "tenant_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "view_log_pkey" PRIMARY KEY ("tenant_id","member_id","conversation_id","hour")
);

CREATE TABLE "read_mark" (
    "tenant_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "content_seq" INTEGER NOT NULL,

    CONSTRAINT "read_mark_pkey" PRIMARY KEY ("tenant_id","member_id","conversation_id")
);

CREATE TABLE "inbound_wait" (
    "tenant_id" UUID NOT NULL,
    "message_id" UUID NOT NULL,
    "conversation_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "content_seq" INTEGER NOT NULL,
    "answered_by" UUID,
    "closed_by" UUID,

    CONSTRAINT "inbound_wait_pkey" PRIMARY KEY ("tenant_id","message_id")
);

CREATE UNIQUE INDEX "tenant_slug_key" ON "tenant"("slug");

CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

CREATE INDEX "session_person_id_idx" ON "session"("person_id");

CREATE INDEX "login_attempt_key_at_idx" ON "login_attempt"("key", "at");

CREATE INDEX "login_attempt_at_idx" ON "login_attempt"("at");

CREATE INDEX "membership_person_id_idx" ON "membership"("person_id");

CREATE UNIQUE INDEX "membership_tenant_id_person_id_key" ON "membership"("tenant_id", "person_id");

CREATE UNIQUE INDEX "member_group_tenant_id_name_key" ON "member_group"("tenant_id", "name");

CREATE INDEX "group_member_tenant_id_membership_id_idx" ON "group_member"("tenant_id", "membership_id");

CREATE INDEX "group_mailbox_tenant_id_mailbox_id_idx" ON "group_mailbox"("tenant_id", "mailbox_id");

CREATE UNIQUE INDEX "calendar_version_tenant_id_calendar_id_valid_from_key" ON "calendar_version"("tenant_id", "calendar_id", "valid_from");

CREATE INDEX "mailbox_tenant_id_calendar_id_idx" ON "mailbox"("tenant_id", "calendar_id");

CREATE UNIQUE INDEX "mailbox_tenant_id_name_key" ON "mailbox"("tenant_id", "name");

CREATE INDEX "mail_account_tenant_id_mailbox_id_idx" ON "mail_account"("tenant_id", "mailbox_id");

CREATE UNIQUE INDEX "mail_account_tenant_id_address_key" ON "mail_account"("tenant_id", "address");

CREATE INDEX "mail_alias_tenant_id_address_idx" ON "mail_alias"("tenant_id", "address");

CREATE INDEX "inbound_mail_tenant_id_mailbox_id_state_idx" ON "inbound_mail"("tenant_id", "mailbox_id", "state");

CREATE INDEX "inbound_mail_tenant_id_message_id_idx" ON "inbound_mail"("tenant_id", "message_id");

CREATE UNIQUE INDEX "inbound_mail_tenant_id_account_id_folder_uid_validity_uid_key" ON "inbound_mail"("tenant_id", "account_id", "folder", "uid_validity", "uid");

CREATE INDEX "customer_address_tenant_id_customer_id_idx" ON "customer_address"("tenant_id", "customer_id");

CREATE INDEX "conversation_tenant_id_customer_id_last_message_at_idx" ON "conversation"("tenant_id", "customer_id", "last_message_at" DESC);

CREATE UNIQUE INDEX "conversation_tenant_id_number_key" ON "conversation"("tenant_id", "number");

CREATE INDEX "conversation_link_tenant_id_other_id_idx" ON "conversation_link"("tenant_id", "other_id");

CREATE INDEX "message_tenant_id_conversation_id_occurred_at_idx" ON "message"("tenant_id", "conversation_id", "occurred_at");

CREATE INDEX "message_tenant_id_mailbox_id_message_id_header_idx" ON "message"("tenant_id", "mailbox_id", "message_id_header");

CREATE INDEX "attachment_tenant_id_message_id_position_idx" ON "attachment"("tenant_id", "message_id", "position");

CREATE INDEX "mail_reference_tenant_id_conversation_id_idx" ON "mail_reference"("tenant_id", "conversation_id");

CREATE INDEX "comment_tenant_id_conversation_id_occurred_at_idx" ON "comment"("tenant_id", "conversation_id", "occurred_at");

CREATE INDEX "draft_tenant_id_conversation_id_idx" ON "draft"("tenant_id", "conversation_id");

CREATE INDEX "delivery_tenant_id_conversation_id_idx" ON "delivery"("tenant_id", "conversation_id");

CREATE INDEX "delivery_tenant_id_account_id_idx" ON "delivery"("tenant_id", "account_id");

CREATE UNIQUE INDEX "delivery_tenant_id_client_id_key" ON "delivery"("tenant_id", "client_id");

CREATE UNIQUE INDEX "delivery_tenant_id_message_id_key" ON "delivery"("tenant_id", "message_id");

CREATE UNIQUE INDEX "conversation_event_tenant_id_conversation_id_seq_key" ON "conversation_event"("tenant_id", "conversation_id", "seq");

CREATE INDEX "view_log_tenant_id_conversation_id_idx" ON "view_log"("tenant_id", "conversation_id");

CREATE INDEX "read_mark_tenant_id_conversation_id_idx" ON "read_mark"("tenant_id", "conversation_id");

CREATE INDEX "inbound_wait_tenant_id_conversation_id_idx" ON "inbound_wait"("tenant_id", "conversation_id");

ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "tenant_setting" ADD CONSTRAINT "tenant_setting_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "tenant_counter" ADD CONSTRAINT "tenant_counter_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "membership" ADD CONSTRAINT "membership_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "membership" ADD CONSTRAINT "membership_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "membership_role" ADD CONSTRAINT "membership_role_tenant_id_membership_id_fkey" FOREIGN KEY ("tenant_id", "membership_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "membership_capability" ADD CONSTRAINT "membership_capability_tenant_id_membership_id_fkey" FOREIGN KEY ("tenant_id", "membership_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "member_group" ADD CONSTRAINT "member_group_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "group_member" ADD CONSTRAINT "group_member_tenant_id_group_id_fkey" FOREIGN KEY ("tenant_id", "group_id") REFERENCES "member_group"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "group_member" ADD CONSTRAINT "group_member_tenant_id_membership_id_fkey" FOREIGN KEY ("tenant_id", "membership_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "group_mailbox" ADD CONSTRAINT "group_mailbox_tenant_id_group_id_fkey" FOREIGN KEY ("tenant_id", "group_id") REFERENCES "member_group"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "group_mailbox" ADD CONSTRAINT "group_mailbox_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "calendar" ADD CONSTRAINT "calendar_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "calendar_version" ADD CONSTRAINT "calendar_version_tenant_id_calendar_id_fkey" FOREIGN KEY ("tenant_id", "calendar_id") REFERENCES "calendar"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mailbox" ADD CONSTRAINT "mailbox_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mailbox" ADD CONSTRAINT "mailbox_tenant_id_calendar_id_fkey" FOREIGN KEY ("tenant_id", "calendar_id") REFERENCES "calendar"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mail_account" ADD CONSTRAINT "mail_account_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mail_alias" ADD CONSTRAINT "mail_alias_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "mail_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mail_folder" ADD CONSTRAINT "mail_folder_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "mail_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "inbound_mail" ADD CONSTRAINT "inbound_mail_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "mail_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "inbound_mail" ADD CONSTRAINT "inbound_mail_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "inbound_mail" ADD CONSTRAINT "inbound_mail_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "message"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "customer" ADD CONSTRAINT "customer_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "customer_address" ADD CONSTRAINT "customer_address_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customer"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customer"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation" ADD CONSTRAINT "conversation_tenant_id_assignee_id_fkey" FOREIGN KEY ("tenant_id", "assignee_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation_link" ADD CONSTRAINT "conversation_link_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation_link" ADD CONSTRAINT "conversation_link_tenant_id_other_id_fkey" FOREIGN KEY ("tenant_id", "other_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "message" ADD CONSTRAINT "message_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "message" ADD CONSTRAINT "message_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "message" ADD CONSTRAINT "message_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "mail_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "message" ADD CONSTRAINT "message_tenant_id_author_id_fkey" FOREIGN KEY ("tenant_id", "author_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "message_address" ADD CONSTRAINT "message_address_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "message"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "message_body" ADD CONSTRAINT "message_body_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "message"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "attachment" ADD CONSTRAINT "attachment_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "message"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mail_reference" ADD CONSTRAINT "mail_reference_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "mail_reference" ADD CONSTRAINT "mail_reference_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "comment" ADD CONSTRAINT "comment_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "comment" ADD CONSTRAINT "comment_tenant_id_author_id_fkey" FOREIGN KEY ("tenant_id", "author_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "draft" ADD CONSTRAINT "draft_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "draft" ADD CONSTRAINT "draft_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "message"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_tenant_id_account_id_fkey" FOREIGN KEY ("tenant_id", "account_id") REFERENCES "mail_account"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "delivery_recipient" ADD CONSTRAINT "delivery_recipient_tenant_id_delivery_id_fkey" FOREIGN KEY ("tenant_id", "delivery_id") REFERENCES "delivery"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation_event" ADD CONSTRAINT "conversation_event_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "conversation_event" ADD CONSTRAINT "conversation_event_tenant_id_mailbox_id_fkey" FOREIGN KEY ("tenant_id", "mailbox_id") REFERENCES "mailbox"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "fold_due" ADD CONSTRAINT "fold_due_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "view_log" ADD CONSTRAINT "view_log_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "view_log" ADD CONSTRAINT "view_log_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_tenant_id_member_id_fkey" FOREIGN KEY ("tenant_id", "member_id") REFERENCES "membership"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "read_mark" ADD CONSTRAINT "read_mark_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "inbound_wait" ADD CONSTRAINT "inbound_wait_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "message"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

ALTER TABLE "inbound_wait" ADD CONSTRAINT "inbound_wait_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversation"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
