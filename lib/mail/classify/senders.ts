/** Local parts that nobody reads: mail systems. */
export const ROBOT = /^(mailer-?daemon|mail-?daemon|postmaster|mdaemon)(@|$)/;

/** Local parts of senders to whom an answer is no use. Departments that people write from (info, system, support) aren't here. */
export const NO_REPLY =
  /(^|[-_.+])(no|do[-_.]?not|dont)[-_.]?reply(mails?|address|info|news|shop|system|support|service|admin|jp)?([-_.+\d]|@)|^(auto|jidou?)[-_.]?(mail|send|reply|respon[sd]e?r?|confirm|haishin|henshin|soushin|notify|notice)?[-_.\d]*@|^(auto-?reply|auto-?responder|autoresp)[^@]{0,20}@|^(e-?mail-?)?(notifications?|notifier|notify|alerts?)([-_.+][^@]{0,40})?@|^(send-?only|soushin-?senyo|sousin|haisin|haishin)[-_.\d]*@|^(bounces?|cron|nagios|zabbix|www-data|apache|nobody|daemon|wordpress)([-_.+][^@]{0,60})?@/;

/** Local parts of newsletters. */
export const NEWSLETTER =
  /^(news-?letters?|e?-?news|info-?mail|mail-?mag(azine)?|mailmagazine|magazine|mag|merumaga|mm|campaigns?|promo(tion)?s?|marketing)([-_.+\d][^@]{0,60})?@/;
