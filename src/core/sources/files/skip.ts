import { isGeneratedText } from './generatedText.ts';

/** Why a file is passed over. */
export type SkipReason =
  | 'binary'
  /** A folder that tools fill, outside of git, with all that is in it. */
  | 'build-folder'
  | 'excluded'
  | 'generated'
  /** What stands in a file's place where git keeps it elsewhere. */
  | 'lfs-pointer'
  | 'minified'
  | 'name-not-utf-8'
  /** A repository inside the folder, with all that is in it. */
  | 'nested-repository'
  | 'not-text'
  | 'notebook'
  | 'submodule'
  | 'symbolic-link'
  | 'too-large'
  | 'unreadable'
  | 'unsupported'
  | 'vendored';

/** Folders that hold other people's code, wherever they stand. */
const VENDORED_FOLDER =
  /(?:^|\/)(?:node_modules|bower_components|jspm_packages|vendors?|vendored|_vendor|extern|third[-_]?party|3rd[-_]?party|site-packages|dist-packages|Pods|Carthage|Godeps|flow-typed|web_modules|\.yarn|\.bundle)\//i;

/** Libraries that are copied into projects as single files, by name or with their version. */
const VENDORED_FILE =
  /(?:^|\/)(?:(?:jquery(?:[-.]\d[\w.]*)?(?:\.slim)?|jquery-ui|bootstrap(?:\.bundle)?|modernizr|prototype|mootools|html5shiv|require|underscore|backbone|sqlite3|ppport|cpplint|swfobject|tinymce|ckeditor|codemirror|mathjax|raphael|zepto)\.(?:js|[ch]|py)|[a-z][\w.]*-v?\d+\.\d+\.\d+[\w.-]*\.js)$/i;

const GENERATED_FILE = new RegExp(
  [
    /\.pb\.(?:go|cc|h|cpp|js|ts|dart|swift)$|_pb2(?:_grpc)?\.pyi?$|_pb\.(?:js|d\.ts|ts)$|\.pb\.gw\.go$/,
    /\.(?:g|gen|designer|generated|feature|freezed|verified|received|approved)\.(?:cs|i\.cs|dart|ts|tsx|js|go|java|kt|swift|rs|h|cpp|py|rb)$/,
    /(?:^|[._/])generated[._][\w.]*\w$|_generated\.\w+$|(?:^|\/)zz_generated\.[\w.]+$/,
    /\.(?:bindings|autogen|auto)\.\w+$|(?:^|\/)(?:moc|ui|qrc)_\w+\.(?:cpp|h)$/,
    /(?:^|\/)(?:lex\.\w+\.c|\w+\.tab\.(?:c|h|cc|hh|cpp|hpp)|y\.tab\.[ch]|parsetab\.py|lextab\.py|R\.java|BuildConfig\.java|\.pnp\.[cm]?js|\.pnp\.loader\.mjs)$/,
    /(?:^|\/)(?:package-lock|npm-shrinkwrap|composer\.lock|pnpm-lock|yarn\.lock|uv\.lock|poetry\.lock|Cargo\.lock|Gemfile\.lock|go\.sum)[\w.]*$/,
    /(?:^|\/)(?:__generated__|generated-sources|__snapshots__|__image_snapshots__|\.next|\.nuxt|\.svelte-kit)\//,
    // What build tools write beside the sources of JavaScript.
    /(?:^|\/)dist\/.*\.[cm]?jsx?$|\.(?:bundle|chunk)\.[cm]?js$/,
    // Steps of a database's shape, numbered or dated by the tool that makes them.
    /(?:^|\/)(?:migrations?|migrate|alembic\/versions)\/(?:[\w-]+\/)?(?:[vV]?\d{3,}|[0-9a-f]{12})[-_]\w[\w-]*\.(?:py|rb|php|cs|[cm]?[jt]s|kt|java|go)$/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
);

const MINIFIED_FILE = /[-.](?:min|bundle\.min|prod\.min)\.(?:js|mjs|cjs|css)$/i;

const BINARY_FILE =
  /\.(?:png|jpe?g|gif|webp|ico|icns|bmp|tiff?|avif|psd|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|class|exe|dll|so|dylib|a|o|obj|lib|pdb|wasm|woff2?|ttf|otf|eot|mp[34]|m4a|ogg|flac|wav|mov|avi|webm|sqlite3?|db|pyc|pyd|whl|nupkg|snk|keystore|p12|pfx|bin|dat|pkl|npy|onnx|safetensors)$/i;

/** Reasons that a path alone gives. */
export function skipByPath(path: string): SkipReason | undefined {
  if (VENDORED_FOLDER.test(path)) return 'vendored';
  if (BINARY_FILE.test(path)) return 'binary';
  if (path.endsWith('.ipynb')) return 'notebook';
  if (MINIFIED_FILE.test(path)) return 'minified';
  if (VENDORED_FILE.test(path)) return 'vendored';
  return GENERATED_FILE.test(path) ? 'generated' : undefined;
}

/** @see https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md#the-pointer */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Written code has 30 to 45 characters a line; bundles put thousands on one. */
const MINIFIED_LINE_CHARACTERS = 250;
const MINIFIED_FROM_CHARACTERS = 2_000;

/** Reasons that take the text. */
export function skipByText(text: string): SkipReason | undefined {
  if (text.startsWith(LFS_POINTER)) return 'lfs-pointer';
  if (isGeneratedText(text)) return 'generated';
  if (text.length < MINIFIED_FROM_CHARACTERS) return undefined;
  return text.length / countLines(text) > MINIFIED_LINE_CHARACTERS ? 'minified' : undefined;
}

function countLines(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
