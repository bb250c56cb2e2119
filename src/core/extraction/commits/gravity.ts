/** How bad it was: `slight` is what nobody notices who only runs the program. */
export type Gravity = 'security' | 'grave' | 'usual' | 'slight';

/** Numbers under which weaknesses are published, wherever a message names them. */
const PUBLISHED = /\b(?:GHSA-[\w-]{4,20}|CVE-\d{4}-\d{3,8}|CWE-\d{1,5})\b/;
const SECURITY =
  /\b(?:secur(?:e|ity|ely)|insecure\w*|vulnerab\w*|exploit\w*|(?:sql|nosql|command|code|header|html|script|template|log|crlf|shell|argument|ldap|xml|css|object) ?-?injections?|injections? (?:attacks?|through|via|by)|(?:prevent|avoid|block|stop|disallow|against)\w* (?:\S+ ){0,3}injections?|xss|csrf|ssrf|xxe|redos|denial of service|(?:path|directory) traversal|timing[- ](?:attack|safe|channel)s?|constant[- ]time|open redirect|spoof\w*|privilege escalation|bypass\w*|attack(?:s|er|ers)?|malicious|untrusted|sandbox escape\w*|(?:leak|expos|disclos|reveal|log)\w* (?:\S+ ){0,3}(?:secrets?|passwords?|credentials?|tokens?|keys?)|(?:secrets?|passwords?|credentials?)(?: key)? (?:\S+ ){0,2}(?:leak|expos|disclos|rotat)\w*)\b/i;
const GRAVE =
  /\b(?:race(?:s| conditions?)?|data[- ]race|thread[- ]saf\w*|deadlock\w*|live-?lock\w*|hang(?:s|ing)?|freez\w*|infinite (?:loop|recursion)\w*|crash\w*|panic\w*|segfault\w*|segmentation|nil (?:pointer|dereference)|null ?(?:pointer|reference|deref)\w*|use[- ]after[- ]free|double[- ]free|out[- ]of[- ](?:bounds|memory)|(?:buffer|stack|integer)[- ]?overflow\w*|overflow\w*|corrupt\w*|(?:data|memory)[- ]?(?:loss|leak)\w*|leak(?:s|ed|ing)?(?! less)|los(?:t|es|ing)|wrong (?:result|answer|value)s?|silently)\b/i;
const SLIGHT =
  /\b(?:deprecat\w*|\w*DeprecationWarning|FutureWarning|warnings?|typing|types? (?:hints?|annotations?|checks?|errors?)|annotations?|docstrings?|docs?|messages?|wording|help (?:text|output)|overhead|optimi[sz]\w*|faster|performance|deterministic|colou?rs?|alignment|log(?:ging)? level)\b/i;

/**
 * How bad what a fix mended was, as far as its message says.
 *
 * @param title what the message says was wrong
 */
export function gravityOf(title: string, message: string): Gravity {
  if (SECURITY.test(title) || PUBLISHED.test(message)) return 'security';
  if (GRAVE.test(title)) return 'grave';
  return SLIGHT.test(title) ? 'slight' : 'usual';
}
