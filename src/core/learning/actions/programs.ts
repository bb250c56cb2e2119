/** Programs whose first words say what they do. */
const SPEAKS_IN_WORDS =
  /^(?:npm|pnpm|yarn|bun|npx|bunx|cargo|go|dotnet|mvn|gradle|gradlew|make|just|task|mise|bundle|rake|rails|composer|mix|flutter|dart|swift|deno|uv|poetry|pipenv|hatch|pdm|docker|git|cmake|bazel|pip\d?|apt|apt-get|conda|brew|gem|nx|turbo|hub|gh)$/;
const RUNS_FILES = /^(?:\S{0,60}\/)?(?:python[\d.]*|node|ruby|perl|php|bash|sh|deno|tsx|ts-node)$/;
/** A file that is told in its next word what to do. */
const TAKES_COMMANDS = /(?:^|\/)(?:manage\.py|setup\.py|artisan|console|rails|rake)$/;
const WORD = /^[a-z][\w:-]{0,40}$/i;
const MOST_WORDS = 3;

/** The beginning of a command that says what it runs, without on what: `npm run test`, `tests/runtests.py`. */
export function commandHead(command: string): string {
  const words = command.split(' ');
  const [program = ''] = words;
  if (RUNS_FILES.test(program)) {
    const at = words.findIndex(
      (word, place) => place > 0 && (!word.startsWith('-') || word === '-m'),
    );
    if (at < 0) return program;
    const takesWord = words[at] === '-m' || TAKES_COMMANDS.test(words[at] ?? '');
    return [program, ...words.slice(at, at + (takesWord ? 2 : 1))].join(' ');
  }
  if (!SPEAKS_IN_WORDS.test(program)) return program;
  const told = words.slice(1, 1 + MOST_WORDS).findIndex((word) => !WORD.test(word));
  return words.slice(0, 1 + (told < 0 ? MOST_WORDS : told)).join(' ');
}

/** What looks, waits or prints, and changes nothing that anybody would do again. */
const TRIVIAL =
  /^(?:cd|ls|ll|dir|cat|bat|head|tail|less|more|nl|sed|awk|cut|tr|sort|uniq|e?grep|rg|ag|find|fd|tree|pwd|which|where|whereis|type|file|stat|wc|du|df|diff|cmp|echo|printf|sleep|wait|date|true|false|:|test|\[|env|export|set|source|\.|ps|top|kill|pkill|killall|clear|history|man|whoami|uname|id|jobs|exit|git (?:status|diff|log|show|branch|blame|ls-files|rev-parse|remote|fetch|grep|reflog|add)|mkdir|chmod|xargs|curl|wget|jq|open|code)(?![\w./-])/;
/** `node -e …`, `python - <<EOF`: what they did stands in a text of one time. */
const OF_ONE_TIME =
  /^\S{0,60}(?:python[\d.]*|node|ruby|perl|php|bash|sh) (?:-c|-e|-p|-|--version|-V)(?: |$)/;

/** Whether a program that was run says nothing of what one would do again. */
export function isTrivial(command: string): boolean {
  const text = command.trim();
  return text === '' || TRIVIAL.test(text) || OF_ONE_TIME.test(text);
}
