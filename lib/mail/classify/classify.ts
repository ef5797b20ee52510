import { toEvidence } from '#lib/mail/classify/evidence.ts';
import { RULES } from '#lib/mail/classify/rules.ts';
import type { FormPattern } from '#lib/mail/forms/pattern.ts';
import type { ParsedMail } from '#lib/mail/parse.ts';

/**
 * human: a person. thanks: a person who needs no answer. form: a web form's mail for a customer. notice: a machine's mail that
 * must be read (orders, payment). auto: an automatic reply. list, receipt (read receipt), bounce, own: by their names.
 */
export type MailClass = 'human' | 'thanks' | 'auto' | 'list' | 'receipt' | 'notice' | 'bounce' | 'own' | 'form';

export type Classification = { class: MailClass; rule: string };

export type ClassifyOptions = { ownAddresses: readonly string[]; formPatterns?: readonly FormPattern[] };

/** The class by the first rule of the table that matches. Doubt goes to human: a mail wrongly set aside is a forgotten customer. */
export function classifyMail(parsed: ParsedMail, options: ClassifyOptions): Classification {
  const evidence = toEvidence(parsed, options);
  const rule = RULES.find((r) => r.matches(evidence));
  return rule ? { class: rule.class, rule: rule.name } : { class: 'human', rule: 'person' };
}
