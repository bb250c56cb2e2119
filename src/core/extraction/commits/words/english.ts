import { phrases } from './phrases.ts';

/** Words a fix begins with. */
export const FIX_VERBS = phrases(`
  fix~, fix up, bugfix~, bug fix~, hotfix~, hot fix~, unbreak~, correct~, correctly, repair~,
  quick/tiny/small/minor/initial/temporary/properly/really/actually fix, attempt/try to fix,
  resolve~, solve~, patch/patches/patched .. bug/issue/leak/hole/vulnerab*/crash`);

/** Words an addition begins with. */
export const FEATURE_VERBS = phrases(`
  add~, implement~, introduce~, support~, allow~, enable~, provide~, expose~, export, exports,
  exported, re export/exports/exported, reexport/reexports/reexported, new, create~, feature,
  make ..3 public/settable/configurable/optional/extensible/customizable/customisable/available/overridable,
  initial implementation/support/version (of/for), first cut of, first version of`);

/** In the middle of a subject a verb is told from a noun by its ending. */
export const PAST_FEATURE_VERBS = phrases(
  'added, implemented, introduced, enabled, exposed, allow, allowed',
);

/** Where anything else stands at the beginning, these tell of an addition. */
export const FEATURE_PHRASES = phrases(`
  now accept/accepts/take/takes/support/supports/allow/allows, can now, now possible, will now,
  support for, ability to, option to, to allow/support/enable,
  new api/option/setting/method/function/helper/class/feature/command/flag/hook/event/type/extractor/middleware,
  can/may (now) be specified/configured/passed/customized/customised/overridden, support $, support #`);
export const FEATURE_BEGINNINGS = phrases(`
  make .. public, extend/extends/extended,
  warn/warns/notify/notifies/notifys/show/shows/print/prints/output/outputs/display/displays/record/records,
  let/lets ..2 choose/pick/select/use/set/pass/give/configure/define/specify/override/customize/customise/disable/enable/turn/add/edit/see/open/save/share/export/import/search/filter/sort`);
/** Nouns that end the first words of a subject about an addition. */
export const IMPLEMENTATION = phrases('implementation, implementations');

/** What went wrong, at the beginning of a subject. */
export const SYMPTOM_BEGINNINGS = phrases(`
  don't/dont unless recompute*/compute*/comput*/allocat*/creat*/copy/copying / not/un needed / unneeded / unnecessary / not necessary,
  do not unless recompute*/comput*/allocat*/creat*/copy/copying / not/un needed / unneeded / unnecessary / not necessary,
  doesn't, does not, never, no longer, prevent/prevents, preventing,
  avoid/avoids/avoiding unless unnecessar*/needless*/unneeded/extra*/allocat*/redundan*/repetiti*/copy*/copies/overhead*/box*/recomput*/comput*/repeat*,
  ensure/ensures/ensuring, make~ sure, guard/guards/guarding against, stop~~ .. from/when/if,
  stop sending/calling/using/showing/writing/reading/losing/raising/throwing,
  work around, workaround, restore/restores/restoring, readd, readds, re add/adds, always, recover,
  check/checks/checked/checking unless in / out,
  normalize/normalizes/normalizing/normalise/normalises/normalising,
  make~ .. consistent/thread/threadsafe/robust/throw/behave, handle/handles/handling,
  catch/catches/catching, reset/resets/resetting, reject/rejects/rejecting,
  escape~, unescape~, preserve/preserves/preserving, respect/respects/respecting,
  honor/honors/honoring/honour/honours/honouring, throw/throws, keep/keeps/keeping,
  fall/falls/falling back, fallback, exclude/excludes/excluding, strip/strips/stripping,
  clear/clears/clearing, explicitly, invert~, inverse~, use (the) correct/right/proper,
  only .. if/when/after/for, close (the/a) ..1 on/when/if/after, return .. instead of, oops,
  skip~~ .. if/when, ignore~ .. if/when, disable~ .. if/when/on, tolerate~, sanitize~, sanitise~, account for,
  bail out, bail, disallow~, forbid~, refuse~, limit the, wait for .. before, unlock, clamp`);

/** What went wrong, anywhere in a subject. */
export const SYMPTOMS = phrases(`
  correctly, properly, still/now/again valid/work/works, works again, deterministic/deterministically,
  even if/when/though, despite, due to, make sure, edge/corner case/cases, conflict, conflicts,
  is/are not unless supported/needed/necessary/used/longer/anymore, not be, not being,
  crash~, segfault, segfaults, deadlock, deadlocks, dead lock/locks, race, races, race condition/conditions,
  memory leak/leaks, leak~, overflow, underflow, regression, regressions, infinite loop/recursion,
  null pointer, nullpointer, npe, nullreference*, panic, panics, off by one, out of bound/bounds,
  should, shouldn't, problem, problems, insufficient*, was inverted, gracefully, into account,
  if/when ..3 null/nil/none/undefined/empty/missing/absent, if/when ..3 not set/given/present/provided/there,
  can raise/throw/crash/cause, can result in, vulnerab*, cve, double free, use after free,
  undefined index/variable/method/behaviour/behavior, is/was/are/were broken, has/have/had no effect,
  not working, doesn't/didn't work, does not work, incorrect, incorrectly, wrong, wrongly,
  mistakenly, erroneous, erroneously, accidental, accidentally, missing return,
  didn't, wasn't, doesn't, couldn't, failed to, fail/fails to/when/if/on/with, stray, bogus,
  was/were/is/are not handled/closed/caught/checked/set/restored/released/called,
  to prevent/catch, to work around, raise/raises/throw/throws (a/an) ..1 error/exception when/if`);

/** Objects of a fix or addition that are not the product's behaviour, wherever they stand. */
export const NOT_CODE = phrases(`
  typo, typos, misnomer, misnomers, flake, flakes, misspell*, mis spell*, misspelled, spelling, grammar, grammatical, wording, miswording,
  commentary, commentaries, documentation, doc, docs, doco, docstring, docstrings,
  docblock, docblocks, javadoc, javadocs, kdoc, rustdoc, phpdoc, readme, readme.*, changelog,
  changelogs, changelog.*, change log/logs, license, licence, licenses, licences, copyright,
  copyrights, lint, lints, linter, linters, linting, eslint, tslint, stylelint, jslint, golint, ktlint,
  tflint, markdownlint, jshint, clippy, rustfmt, gofmt, phpstan, psalm, phpcs, pylint, flake8, mypy,
  pyright, pep8, pep 8, psr 1/2/4/12, code/coding style, style issue/issues/error/errors/problem/problems/violation/violations/nit/nits/guide/guides,
  perf/performance improvement/improvements/tweak/tweaks,
  whitespace, whitespaces, white space/spaces, indent, indenting, indentation unless of, travis,
  appveyor, circleci, circle ci, github action/actions, ci, gradle, maven, makefile, rakefile,
  gemfile, gemspec, composer, composer.json, package.json, tsconfig, tsconfig.json, setup.py, dockerfile,
  prettier,
  deprecations, code coverage, benchmark,
  benchmarks, merge $, merges $, rebase $, git conflict/conflicts, merge/rebase conflict/conflicts/mistake/mistakes/mess/error/errors/issue/issues,
  bad/broken/wrong merge/rebase,
  conflict/conflicts with main/master/develop/upstream/trunk/origin*/branch/head,
  to .gitignore/.npmignore/.gitattributes/.dockerignore/.mailmap, type hint/hints, typehint, typehints,
  type annotation/annotations, type declaration/declarations, type definition/definitions,
  typescript type/types/definition/definitions/typing/typings/declaration/declarations, typing, typings, strict types, from/in/to (the) types $,
  type check/checks/checking/errors $, 
  doc comment/comments, debug log/logs/logging/output/statement/statements/print/prints, badge,
  badges, broken/dead/doc/docs/readme/outdated link/links, xml doc/docs/document/documents, cref,
  crefs, documenting, rst, sphinx, sentence, sentences, paragraph, paragraphs, heading,
  headings, punctuation, capitalization, capitalisation, a/an vs a/an, nit, nits, nitpick, nitpicks,
  line endings, trailing space/spaces/whitespace/whitespaces,
  unused import/imports/variable/variables/parameter/parameters/code, error prone, errorprone,
  checkstyle, findbugs, spotbugs, sonar*, coverity, codacy, cppcheck, stylecop, resharper, rubocop,
  pyflakes, ruff, isort, staticcheck, go vet, pre commit, precommit, csproj, nuspec, nuget, pom,
  osgi, cmake, homebrew, formula, tox, cs fix/fixes, coding standard/standards, website, tutorial,
  unit/integration/regression/failing/flaky/broken test/tests, recipe, recipes, repetition, specs,
  test suite/suites, test case/cases, testsuite, testsuites, testcase, testcases, tests, compiles,
  compiler warning/warnings/error/errors, ide0*, ca1*, ca2*, sa1*, code review, review comment/comments/feedback/remark/remarks,
  todo, todos, contributor, contributors, author, authors, yarn.lock, package lock, lock file/files, lockfile`);

/** The same, where the object begins with them. */
export const NOT_CODE_FIRST = phrases(`
  (the/some/missing/wrong/incorrect/public/ts/flow/node) types, markdown`);
/** The same, where the object is nothing else. */
export const NOT_CODE_ALONE = phrases(`
  (the/all/some) conflict/conflicts, (a/the) .gitignore/.npmignore/.editorconfig/.gitattributes (file),
  .dockerignore, .mailmap, .prettierrc*, .eslintrc*, .travis.yml, .nvmrc`);

/** The same, unless they were missing. */
export const NOT_CODE_UNLESS_MISSING = phrases(`
  dependency, dependencies, return type/types, use/using/import statement/statements`);
export const MISSING = new Set(['missing', 'more']);

/** What is mended without a change of behaviour; to add one of these changes it. */
export const NOT_MENDED = phrases(`
  deprecation warning/warnings, warning $, warnings, warning in/of/from/about,
  compilation, compile error/errors/failure/failures, type error/errors in, ts/typescript error/errors,
  build error/errors/failure/failures`);
/** What makes a warning one that users were given wrongly. */
export const WRONGLY = phrases('wrong, spurious, false, bogus, duplicate, no, missing');

/** The same, where they are the object itself: among its first words and before its end. */
export const NOT_CODE_NEAR = phrases(`
  test, tests, spec, comment, comments, note, notes, mention, mentions, credit, credits, style,
  formatting, example, examples, sample, samples, build, builds, compile,
  compiler, import, imports, snapshot, snapshots, annotation, annotations, coverage, fixture,
  fixtures, logo, release, semicolon, semicolons, naming, usage,
  review, linking, linkage`);
/** What ends such an object. */
export const OBJECT_ENDS = new Set(
  (
    'in for of to on at when with from by after under again error errors failure failures mistake ' +
    'mistakes mess'
  ).split(' '),
);
/** After these follows where or when, no longer what. */
export const PREPOSITIONS = new Set('in for of to on at with from by after under'.split(' '));

/** Leading words of work on code that neither mends nor adds. */
export const IMPROVEMENTS = phrases(`
  improv*, document*, clarif*, mention*, explain*, better, nicer, speed, faster, optimi*, perf*,
  simplif*, refactor*, clean*, renam*, mov*, reorganiz*, reorganis*, extract, inline, upgrad*,
  updat*, switch, migrat*, deprecat*, tweak, polish, partially revert, experiment*, chang*, replac*,
  rework, rewrite, reformat, tidy, remov*, drop*, delet*, silence~, suppress~`);

/** Behaviour put right by way of a change. */
export const CHANGED_TO_FIX = phrases(`
  no longer, to match/correctly/properly/always/never/not, (the) correct/right/proper`);
/** Behaviour added by way of a change. */
export const CHANGED_TO_ADD = phrases(`
  chang*/updat*/improv*/enhanc*/extend*/modif*/rework*/rewrit* .. to (also) accept/support/allow/take/enable`);

/** Objects of an addition that was missing, and yet are additions. */
export const INTERFACES = phrases('api, apis, overload, overloads, method, methods');

/** Bodies of messages that tell of a bug. */
export const BODIES_OF_FIX = phrases(`
  this fixes/resolves/corrects/prevents/avoids, fixed/fixes (a/an/the) bug/regression/crash,
  the/this bug was/is, was incorrectly/wrongly, regression in/from/since/introduced`);
/** What such a body speaks of where it does not. */
export const NOT_A_BUG = phrases('the build/test/tests/doc/docs, typo, typos, #');

/** Says which issue is mended, and which one only done with. */
export const FIXES_ISSUE = phrases(`
  fix~/resolve/resolves/resolved/repair/repairs/repaired (for) (the) (issue/issues/bug/bugs/ticket/tickets) (gh) #`);
export const CLOSES_ISSUE = phrases('close~ (issue/issues) (gh) #');
/** Such words before what was done for the issue. */
export const ISSUE_BEGINNINGS = phrases(
  'fix/fixes/fixed/close/closes/closed/resolve/resolves/resolved (issue) (gh) #',
);
/** All that a subject of nothing but numbers may say. */
export const ISSUE_WORDS = phrases('fix~, close~, resolve~, issue, issues, bug, bugs, and, gh, #');

export const FIX_WORDS = phrases('bug, bugs, bugfix, bugfixes, fix, fixes');
/** Fixes of how code is written, or what a review asked for: they put no behaviour right. */
export const FIXES_OF_STYLE = phrases(`
  style/stylistic/styling/cosmetic/cosmetics/readability/perf/performance/refactoring ..4 fix/fixes,
  cleanup/cleanups/simplification/nit/nits ..4 fix/fixes,
  fix/fixes from/after/for/of (the/a/some/code) review/feedback/discussion/style/performance/readability`);

/** All that a subject says whose fixes are of what else may be mended, such as a format. */
export const STYLE_WORDS = phrases(`
  fix/fixes, consistency, naming, formatting, review, feedback, code, pr, some, a, few, more, minor,
  small, tiny, various, and`);
export const BUG_WORDS = phrases('bug, bugs, bugfix, bugfixes');

/** Tests named before the fix they are for. */
export const TESTS_BEFORE = phrases('(add~) ..1 test/tests (case) (and)');

/** Subjects of commits that only carry a release. */
export const RELEASES = phrases(`
  releas* (of) (version) <version>/#, prepare/preparing (for) (the) next/release/new/<version>/#, prepping,
  begin ..1 development, bump~, update/upgrade dependency/dependencies/deps,
  version bump/up/<version>/#, back to dev, set version, initial commit, publish <version>/#`);
/** The same after one word at most. */
export const RELEASES_NEAR = phrases('release <version>/#/candidate/notes');

/** Subjects of commits that undo others. */
export const REVERTS = phrases(
  'revert~, reapply, reapplies, reapplied, reland, relands, roll~ back, rollback',
);

/** What begins a subject that names its issue first. */
export const REFERENCES = phrases(
  'fix/fixes/fixed/close/closes/closed/resolve/resolves/resolved (for) (issue/bug) #',
);
export const ISSUE_NOUNS = phrases('issue, issues, bug, bugs, pr, ticket, tickets, prs');
/** What leads to numbers at the end of a subject, the words it takes and those that join it. */
export const REFERENCE_LINKS = {
  verbs: phrases(
    'fix/fixes/fixed, close/closes/closed, resolve/resolves/resolved, see, ref, refs, re, ' +
      'reference/references/referencing',
  ),
  joints: phrases('this, which, that, should, also, and'),
};
