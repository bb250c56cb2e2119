/**
 * Words for what opens something, as the last part of a name: English and abbreviations, then the
 * other languages, without accents.
 */
const PASSWORD_WORDS =
  `password passwords passwd passwds passcode userpass pwd pwds psk passwort passworter
  kennwort kennworter losungswort zugangscode geheimwort clausecreta clavesecreta palavrasecreta paroleseguranca contrasena contrasenas contrasenia contrasenya motdepasse
  senha senhas palavrapasse parolachiave wachtwoord wachtwoorden losenord adgangskode kodeord passord
  lykilord salasana parool salasona slaptazodis haslo heslo jelszo lozinka zaporka sifre sifresi sifreniz parolasi salasanan hasla hesla jelszava sandikata
  zugangswort zugangsschlussel wlanschlussel netzwerkschlussel parol masterauth securitycredentials katasandi geslo fjalekalim pasahitza contrasinal nenosiri pasvorto cyfrinair matkhau пароль пароли пароля паролем парола лозинка κωδικοςπροσβασης 密码 密碼 口令 パスワード 暗証番号 비밀번호
  암호 패스워드 비번 合言葉 पासवर्ड รหัสผ่าน סיסמה סיסמא პაროლი գաղտնաբառ құпиясөз كلمةالمرور
  كلمةالسر كلمةمرور رمزعبور گذرواژه`.split(/\s+/);

/** Too short, or too often something else, to be looked for inside a longer word. */
const WHOLE_PASSWORD_WORDS = new Set(
  'pw psw pass passe mdp parola parole clave losen mima'.split(' '),
);

/** Not `bypass` or `compass`. */
const OWNED_PASS =
  /^(?:admin|api|app|require|auth|db|ftp|http|key|ldap|bind|login|mail|my|mysql|pg|proxy|redis|root|service|smtp|ssh|store|sudo|trust|user|wifi|master|sql|shop|site|smb|vpn|web|zip|old|new)(?:pass|pw)$/;

const PHRASE = /(?:passphrase|passphrases|mnemonic|mnemonics|seedphrase|recoveryphrase|seedwords)$/;

/** Begins of the words above, for a search that stops at them in any text; case is ignored. */
export const PASSWORD_STEMS =
  `pass|pwd|psk|pw\\b|kennw|losung|zugangsc|geheimw|clau[-_ ]?se|contrase|mot[-_ ]?de|mdp|psw\\b|senha
  |palavra|mima|masterauth|security_credentials|parol|clave|wachtw|losenord|lösenord|adgangsk|kodeord|lykilor|salas|slapta|has[lł]o|heslo
  |jelsz|parolas|lozink|[sş]ifre|kata[-_]?sandi|mat[-_]?khau|m[ậạ]t[-_]?kh[ẩâ]u|парол|лозинк|κωδικ|密码|密碼|口令|パスワ|暗証|비밀|암호
  |zapork|geslo|fjal[eë]kal|pasahit|contrasin|nenosir|pasvort|cyfrin|l[oö]sen\\b|패스워|비번|合言葉|पासव|รหัสผ|סיסמ|პარო|գաղտ|құпия
  |كلمة|رمز|گذروا`.replace(/\s+/g, '');

/** True for a word, or words written together, that mean a password: `dbpassword`, `motdepasse`. */
export function isPasswordWord(word: string): boolean {
  return (
    WHOLE_PASSWORD_WORDS.has(word) ||
    OWNED_PASS.test(word) ||
    PASSWORD_WORDS.some((known) => word.endsWith(known))
  );
}

export function isPhraseWord(word: string): boolean {
  return PHRASE.test(word);
}

/** What Japanese, Chinese and Korean write behind a name: "the password is". */
const PARTICLE = /(?<=[\u3040-\ud7ff]{2})(?:は|が|を|の|是|为|為|는|은|가|를)$/;

/** `DB_PASSWORD`, `dbPassword` and `db-password` are the words `db` and `password`. */
export function toWords(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ıł]/g, (letter) => (letter === 'ı' ? 'i' : 'l'))
    .replace(/schluess/gi, 'schluss')
    .normalize('NFC')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/(?<=[A-Za-z])\d+$/, '')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\d]+/u)
    .map((word) => word.replace(PARTICLE, ''))
    .filter((word) => word !== '');
}

/** Words of texts about a password, and of values that only stand for one. */
const LABELS = new Set(
  `a about access account ad admin after again algorithm all allowed always an and any api app are as
  ask at auth authentication auto bad bar base base64 basic baz bcrypt be bearer before bool boolean
  both box btn button by bytes can cannot change changed changeme char characters check class clear
  click close code color common complete config confirm confirmed confirmation control correct create
  credential credentials current custom data de default del delete demo denied der description
  dialog didn different digest disabled div do does doesn don dummy edit eine el email empty en
  enabled encoded encrypted encryption enter entry env environment error example existing expired eye
  fail failed failure fake false field file fill for foo forgot forgotten form format from generate
  get given group guest has hash hashed have header help here hidden hide hint how icon id if
  ignore ignored important in incorrect index info input int integer interactive invalid is it item
  its key keychain keyring keys kind label last le least len length less letters level link list load
  local localhost lock log login logout long lost lower manual masked match matches matching max md5
  medium message min minimum mismatch missing mock modal model more must my name new next nil no none
  normal not null number numeric object of off ok old on only open option optional or other our out
  own page param parameter passphrase path pattern phrase placeholder plain plaintext please policy
  post private prompt property protected provide public put query random read readonly redacted
  register remember removed repeat request require required reset resets retype row rule same sample
  save saved schema screen secret secrets section security select send server service session set sha
  shared short should show sign signin simple single size source special spec ssh standard state
  status stdin step store stored str string strong style submit success suffix symbol system table tag
  temp template temporary test testing text that the their them then there this title to todo toggle
  token tokens too true try type un una undefined unknown unset update updated upper uppercase url
  use used user username users uses using utf utf8 valid validate validation validator value values
  varchar variable vault verify version via view visible wait want was weak welcome what when where
  which will wish with without word words wrap wrapper write wrong xxx you your zod`.split(/\s+/),
);

/** True for `confirm-input` or `Mot de passe`, false for `velvet-otter-lamp` and `correct-horse-battery`. */
export function isLabel(value: string): boolean {
  const words = toWords(value);
  const pairs = words.map((word, index) => word + (words[index + 1] ?? ''));
  if ([...words, ...pairs, words.join('')].some(isPasswordWord)) return true;
  const labels = words.filter((word) => LABELS.has(word)).length;
  return labels > 0 && (words.length < 3 || labels * 2 >= words.length);
}
