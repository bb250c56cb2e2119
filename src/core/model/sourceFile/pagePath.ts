/** Templates, styles, queries, interfaces, settings of builds, documents, and scripts without an ending. */
const PAGE =
  /\.(?:html?|css|s[ac]ss|less|sql|proto|graphql|gql|j2|jinja2?|tmpl|gotmpl|erb|ejs|hbs|mustache|twig|haml|slim|liquid|pug|ya?ml|toml|ini|cfg|conf|md|rst|adoc|txt|sh|bash|ps1|tf)$|(?:^|\/)(?:Dockerfile|Containerfile|Makefile|Procfile|Justfile|Caddyfile|README|CONTRIBUTING)(?:\.[^./]+)?$|(?:^|\/)(?:bin|scripts?)\/[^./]+$/i;
/** Lists of packages, of changes and of people go along with every commit; forms of issues with none. */
const LIST =
  /(?:^|\/)(?:changelog|changes|history|news|release[-_]?notes|authors|contributors|maintainers|licen[cs]e|copying|notice|requirements[\w-]*)(?:\.[^./]+)?$|(?:^|[-.])lock[\w.-]*$|_TEMPLATE/i;
/** Folders of the notes of releases, and notes that a release gave its number. */
const RELEASES =
  /(?:^|\/)(?:releases?|changelogs?|changes|whats[-_]?new|release[-_]?notes|news(?:fragments)?)\/|(?:^|\/)(?:release[-_]?|whats[-_]?new[-_]?)?v?\d{1,9}(?:\.(?:\d{1,9}|x))+\.\w+$/i;
const DOCUMENT = /\.(?:md|rst|adoc|txt)$/i;

/** True for a text that people write and no grammar reads. */
export function isPagePath(path: string): boolean {
  if (DOCUMENT.test(path) && RELEASES.test(path)) return false;
  return PAGE.test(path) && !LIST.test(path);
}
