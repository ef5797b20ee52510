/**
 * The configuration of a Dovecot 2.3 that runs as an ordinary user, knows every name with one password and keeps each
 * name's mail in a Maildir of its own.
 * @param {{folder: string, user: string, group: string, password: string, imapPort: number, lmtpPort: number,
 *   imapsPort?: number, certificate?: {cert: string, key: string}, introspectUrl?: string}} wanted `introspectUrl`: who
 *   says whom an access token belongs to (XOAUTH2); no password is good then
 */
export function dovecotConfiguration(wanted) {
  return `${base(wanted)}\n${tls(wanted.certificate)}\n${passwords(wanted)}\n${users(wanted)}\n${inbox}\n${services(wanted)}`;
}

const base = ({ folder, user, group, introspectUrl }) => `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = ${introspectUrl ? 'xoauth2 oauthbearer' : 'plain login'}
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 200
mail_home = ${folder}/home/%Lu
mail_location = maildir:~/Maildir`;

const tls = (certificate) =>
  certificate ? `ssl = yes\nssl_cert = <${certificate.cert}\nssl_key = <${certificate.key}` : 'ssl = no';

const passwords = ({ folder, password, introspectUrl }) =>
  introspectUrl
    ? `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf
}`
    : `passdb {
  driver = static
  args = password=${password}
}`;

/** The second file that an `introspectUrl` needs: `oauth2.conf` in the folder. */
export const oauthConfiguration = (introspectUrl) => `introspection_url = ${introspectUrl}
introspection_mode = post
force_introspection = yes
username_attribute = email
active_attribute = active
active_value = true
`;

const users = ({ folder, user, group }) => `userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/home/%Lu allow_all_users=yes
}`;

const inbox = `namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = subscribe
    special_use = \\Sent
  }
}`;

// No chroot, for only root may; the ports of TLS are 0 (closed) unless there is a certificate.
const services = ({ imapPort, imapsPort = 0, lmtpPort }) => `service imap-login {
  chroot =
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = ${imapsPort}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtpPort}
  }
}
`;
