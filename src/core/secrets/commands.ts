import { isReadable } from './randomness.ts';
import type { Span } from './span.ts';
import { isArgumentSecret, isBareSecret, isPlaceholder, isSecretValue } from './values.ts';

/** What parts the words of a command, also where they are the entries of a list. */
const GAP = '(?:\\s{1,4}|["\']\\s{0,2},\\s{0,4}["\'])';
const ARGUMENT = '(?:\\\\?["\'])?([^\\s"\'`|;<>(),\\\\]{4,120})';
/** Ordinary words may stand in the same places. */
const WITH_DIGIT = '(?=\\S{0,100}\\d)';
const OTHERS = '[^\\n|;]{0,160}?';

interface Command {
  /** Names of programs; none stands in an ordinary word. */
  readonly names: string;
  /** What stands between the program's name and its secret. */
  readonly before: string;
}

/** Options that take a password, by program. Source: their manuals. */
const COMMANDS: readonly Command[] = [
  { names: 'sshpass', before: `${GAP}-p(?:${GAP})?` },
  { names: 'mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mariadb', before: `${OTHERS}\\s-p` },
  { names: 'mysql', before: `${OTHERS}["']-p` },
  { names: 'redis-cli|valkey-cli', before: `${OTHERS}-a${GAP}` },
  {
    names: 'mongo|mongosh|mongodump|mongorestore|cqlsh|beeline|psexec|winexe|clickhouse-client',
    before: `${OTHERS}\\s-p${GAP}`,
  },
  {
    names: 'sqlcmd|bcp|osql|isql|tsql|ipmitool|mosquitto_pub|mosquitto_sub',
    before: `${OTHERS}\\s-P(?:${GAP})?`,
  },
  {
    names: 'ldapsearch|ldapadd|ldapmodify|ldapdelete|ldappasswd|ldapwhoami',
    before: `${OTHERS}\\s-w(?:${GAP})?`,
  },
  {
    names: 'docker|podman|helm|buildah|skopeo|nerdctl|oras|az|cf|oc|kubelogin|bx',
    before: `\\s[^\\n|;]{0,40}?login${OTHERS}\\s-p${GAP}`,
  },
  { names: 'useradd|usermod|rdesktop', before: `${OTHERS}\\s-p${GAP}` },
  { names: 'xfreerdp|wfreerdp', before: `${OTHERS}\\s/p:` },
  { names: 'twine', before: `${OTHERS}\\s-p${GAP}` },
  { names: 'poetry', before: `${OTHERS}http-basic\\.\\S{1,40}${GAP}\\S{1,60}${GAP}` },
  { names: 'snmp-server', before: `${GAP}community${GAP}(?:\\d${GAP})?` },
  { names: 'nmcli', before: `${OTHERS}\\spassword${GAP}` },
  {
    names: 'mc',
    before: `${GAP}(?:alias|config)${GAP}(?:host${GAP})?\\w{1,10}${GAP}\\S{1,40}${GAP}https?:\\S{1,80}${GAP}\\S{1,60}${GAP}`,
  },
  { names: 'winrm|winrs', before: `${OTHERS}[-/]p(?:assword)?:` },
  { names: 'exp|imp', before: `${GAP}[A-Za-z][\\w$#]{1,30}/${WITH_DIGIT}` },
  { names: 'vault', before: `${GAP}login${GAP}` },
  {
    names: 'net',
    before: `${GAP}use${GAP}(?:\\w:${GAP})?[\\\\]{2,4}\\S{1,80}${GAP}(?:/user:\\S{1,60}${GAP})?${WITH_DIGIT}`,
  },
  { names: 'net', before: `${GAP}user${GAP}[\\w.-]{1,40}${GAP}${WITH_DIGIT}` },
  { names: 'cmdkey|runas|schtasks', before: `${OTHERS}/(?:pass|rp)(?::|${GAP})` },
  { names: 'smbclient|rpcclient|smbmap', before: `${OTHERS}-U${GAP}?["']?[\\w.\\\\/-]{1,60}%` },
  {
    names: 'htpasswd',
    before: `${GAP}-\\w{0,6}b\\w{0,6}${GAP}(?:-\\w{1,3}${GAP}){0,3}\\S{1,80}${GAP}[\\w.@-]{1,60}${GAP}`,
  },
  {
    names: 'htpasswd',
    before: `${GAP}-(?=\\w{0,6}n)(?=\\w{0,6}b)\\w{1,8}${GAP}[\\w.@-]{1,60}${GAP}`,
  },
  {
    names: 'rabbitmqctl',
    before: `${OTHERS}(?:add_user|change_password|authenticate_user)${GAP}[\\w.@-]{1,60}${GAP}`,
  },
  { names: 'openssl|keytool|jarsigner|java', before: `${OTHERS}\\bpass:` },
  { names: 'openssl', before: `${GAP}enc${OTHERS}\\s-(?:k|pass)${GAP}` },
  {
    names: 'keytool|jarsigner',
    before: `${OTHERS}\\s-(?:src|dest|new)?(?:store|key)?pass${GAP}`,
  },
  { names: 'ansible-vault', before: `${GAP}encrypt_string${GAP}(?:--\\S{1,40}${GAP}){0,3}` },
  { names: 'zip|unzip', before: `${OTHERS}-P${GAP}?` },
  { names: '7z|7za|7zz|rar|unrar', before: `${OTHERS}\\s-h?p` },
  { names: 'ssh-keygen', before: `${OTHERS}\\s-[NP]${GAP}?` },
  { names: 'snmpwalk|snmpget|snmpset', before: `${OTHERS}\\s-[AX]${GAP}` },
  { names: 'lftp', before: `${OTHERS}-u${GAP}[\\w.@-]{1,60},` },
  { names: 'wpa_passphrase', before: `${GAP}\\S{1,40}${GAP}` },
  { names: 'sqlplus|expdp|impdp|rman|sqlldr', before: `${OTHERS}\\b[\\w$#]{1,30}/` },
  { names: 'jdbc:oracle', before: `:\\w{1,10}:[\\w$#]{1,30}/` },
  {
    names: 'curl|http|https|xh',
    before: `${OTHERS}[\\s"'](?:-u|-a|-U|--user|--proxy-user|--auth)(?:=|${GAP})\\\\?["']?[\\w.@%+\\\\-]{1,100}:`,
  },
];

/** A password piped to what asks for it. */
const PIPED =
  /\b(?:echo|printf|print)\s{1,4}(?:-[ne]{1,2}\s{1,4})?(?:'%s\\?n?'\s{1,4})?["']?(?:[\w.-]{1,40}:(?=[^\n|]{0,120}\|\s{0,4}(?:sudo\s{1,4})?chpasswd))?([^\s"'|]{4,100})["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4}-S|(?:sudo\s{1,4})?chpasswd|[^\n|]{0,120}(?:--password-stdin|--stdin|-passin stdin|--passphrase-fd))/g;

/** A password in a here-string or a command's output, for what reads it. */
const HANDED =
  /(?:\b(?:chpasswd|vncpasswd|passwd|kinit|login|with-token|password-stdin|sudo -S)\b[^\n|;<]{0,80}<<<\s{0,2}["']?(?:[\w.-]{1,40}:)?|\bpass\w{0,10}[\w-]{0,20}[= ]["']?(?:<\(|\$\()?echo\s{1,4})([^\s"'`$)]{4,100})/g;

/** SQL's way to give an account its password. */
const IDENTIFIED =
  /\bIDENTIFIED\s{1,4}(?:WITH\s{1,4}["'`]?\w{1,60}["'`]?\s{1,4})?(?:BY|AS|USING)\s{1,4}(?:PASSWORD\s{1,4})?(?:(\\?["'])([^"'\r\n\\]{4,100})\1|([^\s"'`;,)\\]{4,100}))/gi;

/** `admin / secret`, as people write accounts down. */
const ACCOUNT =
  /\b(?:log ?in|sign ?in|credentials?|account|user|zugang|zugangsdaten|anmeldung)\b[^\n/]{0,40}?\s[\w.@-]{2,40}(?:\s{0,2}\/\s{0,2}|:)([^\s"'`/*]{6,60})/gi;

/** What may follow each program's name. */
const BY_PROGRAM = new Map<string, RegExp[]>();
for (const { names, before } of COMMANDS) {
  for (const name of names.split('|')) {
    const known = BY_PROGRAM.get(name) ?? [];
    BY_PROGRAM.set(name, [...known, new RegExp(`(?:\\.exe)?["']?${before}${ARGUMENT}`, 'y')]);
  }
}
const PROGRAM = new RegExp(`\\b(${[...BY_PROGRAM.keys()].join('|')})(?=[\\s"'.:])`, 'g');

/** Finds passwords that are handed to programs and databases. */
export function findCommandPasswords(text: string): readonly Span[] {
  return [
    ...findArguments(text),
    ...(/\becho |\bprintf /.test(text) && text.includes('|') ? findPiped(text) : []),
    ...(/<<<|echo /.test(text) ? findHanded(text) : []),
    ...(/IDENTIFIED|[Ii]dentified/.test(text) ? findIdentified(text) : []),
    ...(/\w ?[/:] ?\w/.test(text) ? findAccounts(text) : []),
  ];
}

function findArguments(text: string): Span[] {
  const spans: Span[] = [];
  for (const { index, 1: program = '' } of text.matchAll(PROGRAM)) {
    if (/[.$-]/.test(text[index - 1] ?? '')) continue;
    for (const argument of BY_PROGRAM.get(program) ?? []) {
      argument.lastIndex = index + program.length;
      const [whole = '', value = ''] = argument.exec(text) ?? [];
      // Oracle's database and the host of an address stand after the password.
      const password = value.replace(/@.{0,100}$/, '');
      if (!isSecretValue(password, 'password', 'sure')) continue;
      const start = index + program.length + whole.length - value.length;
      spans.push({ start, end: start + password.length, type: 'password' });
    }
  }
  return spans;
}

function findPiped(text: string): Span[] {
  return [...text.matchAll(PIPED)].flatMap(({ index, 0: whole, 1: value = '' }) => {
    const start = index + whole.lastIndexOf(value, whole.lastIndexOf('|'));
    const isSecret = isSecretValue(value, 'password', 'sure');
    return isSecret ? [{ start, end: start + value.length, type: 'password' }] : [];
  });
}

function findHanded(text: string): Span[] {
  return [...text.matchAll(HANDED)].flatMap(({ index, 0: whole, 1: value = '' }) => {
    const end = index + whole.length;
    const isSecret = isSecretValue(value, 'password', 'sure');
    return isSecret ? [{ start: end - value.length, end, type: 'password' }] : [];
  });
}

function findIdentified(text: string): Span[] {
  return [...text.matchAll(IDENTIFIED)].flatMap((match) => {
    const [whole, quote = '', quoted, bare = ''] = match;
    const value = quoted ?? bare;
    const isSecret = quoted !== undefined || /\d/.test(value);
    if (!isSecret || isPlaceholder(value) || /^[?:@]/.test(value)) return [];
    if (!isStatement(text, match.index) && (isReadable(value) || !isArgumentSecret(value))) {
      return [];
    }
    const end = match.index + whole.length - quote.length;
    return [{ start: end - value.length, end, type: 'password' }];
  });
}

/** People say "identified by" too, though not in capitals. */
function isStatement(text: string, at: number): boolean {
  const before = text.slice(Math.max(at - 160, 0), at);
  return text.startsWith('IDENTIFIED', at) || /\b(?:create|alter|grant|user|role)\b/i.test(before);
}

function findAccounts(text: string): Span[] {
  return [...text.matchAll(ACCOUNT)].flatMap(({ index, 0: whole, 1: value = '' }) => {
    const end = index + whole.length;
    return isBareSecret(value) ? [{ start: end - value.length, end, type: 'password' }] : [];
  });
}
