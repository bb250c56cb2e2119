/** How bad it was: `slight` is what nobody notices who only runs the program. */
export type Gravity = 'security' | 'grave' | 'usual' | 'slight';

/** Numbers under which weaknesses are published, wherever a message names them. */
const PUBLISHED = /\b(?:GHSA-[\w-]{4,20}|CVE-\d{4}-\d{3,8}|CWE-\d{1,5})\b/;
const SECURITY =
  /\b(?:secur(?:e|ity|ely)|insecure\w*|vulnerab\w*|exploitab\w*|(?<!^)exploit\w*|(?:sql|nosql|command|code|header|html|script|template|log|crlf|shell|argument|ldap|xml|css|object) ?-?injections?|injections? (?:attacks?|through|via|by)|(?:prevent|avoid|block|stop|disallow|against)\w* (?:\S+ ){0,3}injections?|xss|csrf|ssrf|xxe|redos|denial of service|(?:path|directory) traversal|timing[- ](?:attack|safe|channel)s?|constant[- ]time|open redirect|spoof\w*|privilege escalation|malicious|untrusted|sandbox escape\w*)\b/i;
/** Gets past, or shows, what was to be kept from others. */
const GETS_PAST =
  /\b(?:bypass\w* (?:\S+ ){0,3}(?:auth\w*|log-?ins?|validat\w*|verif\w*|checks?|permissions?|sandbox\w*|restrictions?|protections?|access|saniti\w*|escaping|signatures?|rate limits?|csp|polic(?:y|ies)|firewalls?)|(?:auth\w*|log-?in|validation|verification|checks?|permissions?|sandbox|restrictions?|protection|access control|saniti\w*|signature|rate limit|csp|policy|firewall)[- ]bypass\w*|(?:an|by|lets?|allow\w*|against|from) attackers?|attackers? (?:can|could|may|might|to|who)|attacker-controlled|(?:prevent|avoid|block|stop|against|mitigat|protect)\w* (?:\S+ ){0,3}attacks?|(?:replay|brute[- ]?force|d?dos|mitm|man[- ]in[- ]the[- ]middle|downgrade|rebinding|dictionary|collision|side[- ]channel|clickjacking|phishing) attacks?|attack (?:vectors?|surface))\b/i;
const KEPT = String.raw`(?:secrets?|passwords?|passphrases?|credentials?|(?:api|access|auth\w*|secret|private|session|bearer|refresh|oauth|signing|encryption|ssh)[- _]?(?:tokens?|keys?))`;
const SHOWS_KEPT = new RegExp(
  String.raw`\b(?:(?:(?:leak|expos|disclos|reveal)\w*|log(?:s|ged|ging)?) (?:\S+ ){0,3}${KEPT}|${KEPT} (?:\S+ ){0,4}(?:leak|expos|disclos|rotat)\w*)\b`,
  'i',
);
const GRAVE =
  /\b(?:race(?:s| conditions?)?|data[- ]race|thread[- ]saf\w*|deadlock\w*|live-?lock\w*|hang(?:s|ing)?|hung|freez\w*|froze|(?:infinite|endless) (?:loop|recursion)\w*|unbounded recursion|stack exhaustion|crash\w*|panic\w*|segfault\w*|segmentation|nil (?:pointer|dereference)|null ?(?:pointer|reference|deref)\w*|use[- ]after[- ]free|double[- ]free|out[- ]of[- ](?:bounds|memory)|(?:buffer|stack|heap|integer|arithmetic|numeric)[- ]?overflow\w*|corrupt\w*|(?:data|memory)[- ]?(?:loss|leak)\w*|leak(?:s|ed|ing)?(?! less)|los(?:t|es|ing)|wrong (?:result|answer|value)s?|silently)\b/i;
const OVERFLOW = /\boverflow\w*\b/i;
/** Where what does not fit is only seen. */
const ON_SCREEN =
  /\b(?:css|styles?|text|labels?|titles?|layout|side ?bar|menus?|cells?|cards?|dialogs?|modals?|scroll\w*|[xy]|hidden|ellipsis|tool(?:bar|tip)s?|tabs?|nav\w*|buttons?|drop-?downs?|pop-?ups?|pages?|panels?|mobile|screens?|horizontal\w*|vertical\w*|(?:div|flex|grid)s?)\b/i;
const SLIGHT =
  /\b(?:deprecat\w*|\w*DeprecationWarning|FutureWarning|warnings?|typing|types? (?:hints?|annotations?|checks?|errors?)|annotations?|docstrings?|docs?|messages?|wording|help (?:text|output)|overhead|optimi[sz]\w*|faster|performance|deterministic|colou?rs?|alignment|log(?:ging)? level)\b/i;

/**
 * How bad what a fix mended was, as far as its message says.
 *
 * @param title what the message says was wrong
 */
export function gravityOf(title: string, message: string): Gravity {
  const isSecurity = [SECURITY, GETS_PAST, SHOWS_KEPT].some((words) => words.test(title));
  if (isSecurity || PUBLISHED.test(message)) return 'security';
  if (GRAVE.test(title) || (OVERFLOW.test(title) && !ON_SCREEN.test(title))) return 'grave';
  return SLIGHT.test(title) ? 'slight' : 'usual';
}
