/** What kind of mail it is and which rule said so; what follows from a class is domain.md 1 and 2. */
export { type Classification, classifyMail, type MailClass } from '#lib/mail/classify/classify.ts';
export { type FormReading, readForm } from '#lib/mail/classify/form.ts';
