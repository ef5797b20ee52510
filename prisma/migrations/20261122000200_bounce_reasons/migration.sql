-- Why a mail didn't reach a recipient, beside the server's words: 受信拒否 and 宛先不明 ask for different things.
ALTER TABLE "delivery_recipient" ADD COLUMN     "reason" TEXT;

ALTER TABLE delivery_recipient
  ADD CHECK (reason IN ('userunknown', 'mailboxfull', 'filtered', 'suspended', 'toobig', 'rejected', 'hostunknown', 'expired', 'other'));
