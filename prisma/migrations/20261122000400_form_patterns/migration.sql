-- A deleted pattern stays as a row: mails say by which one they were read, and one may be reading them right now.

-- AlterTable
ALTER TABLE "form_pattern" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);
