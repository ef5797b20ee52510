/**
 * The configuration of a Dovecot 2.3 that runs as an ordinary user, knows every name with one password and keeps each
 * name's mail in a Maildir of its own.
 * @param {{folder: string, user: string, group: string, password: string, imapPort: number, lmtpPort: number,
 *   imapsPort?: number, certificate?: {cert: string, key: string}}} wanted
 */
export function dovecotConfiguration(wanted) {
  return `${base(wanted)}\n${tls(wanted.certificate)}\n${users(wanted)}\n${inbox}\n${services(wanted)}`;
}

const base = ({ folder, user, group }) => `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = plain login
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

const users = ({ folder, user, group, password }) => `passdb {
  driver = static
  args = password=${password}
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${folder}/home/%Lu
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
