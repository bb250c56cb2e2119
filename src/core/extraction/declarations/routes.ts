import type { Language } from '../../model/code.ts';
import type { SyntaxNode } from '../parsing/syntaxNode.ts';
import { argumentAt, callAround, unquote, type CallAround } from './calls.ts';
import { textOf } from './naming.ts';

/**
 * What the handler of a route is known by, `GET /users/:id`, whatever framework declares it; only
 * the path where it answers every method. `undefined` for other calls.
 */
export function routeOf(language: Language, call: CallAround, text: string): string | undefined {
  const { receiver, word } = lastWords(call.callee);
  const first = writtenAt(call, 0, text);
  const second = pathIn(writtenAt(call, 1, text), language, receiver);
  const spelt = methodsIn(first);
  if (spelt !== undefined && second !== undefined) return `${spelt} ${second}`;
  if (GO_HANDLERS.has(word)) return patternRoute(call, unquote(first), text);
  const known = ROUTES_OF_THEIR_OWN[language]?.(call, text);
  if (known !== undefined) return known;
  const method = methodOf(language, receiver, word);
  if (method === undefined) return undefined;
  const path =
    pathIn(first, language, receiver) ??
    pathAround(language, call, text) ??
    (NAMED_ROUTES.has(language) && /^['"]/.test(first) ? second : undefined);
  return path === undefined ? undefined : `${method} ${path}`;
}

/** In these the first argument may name the route. */
const NAMED_ROUTES: ReadonlySet<Language> = new Set(['javascript', 'typescript', 'tsx']);

/** `'GET'`, `['GET', 'POST']`: `GET|POST` */
function methodsIn(written: string): string | undefined {
  const one = METHOD_ARGUMENT.exec(written)?.[1];
  if (one !== undefined) return one.toUpperCase();
  const list = /^(?:\[|array\(|new\s*\w{0,20}\[\]\s*\{)([^\])}]{1,200})/.exec(written)?.[1];
  const methods = list?.split(',').map((item) => METHOD_ARGUMENT.exec(item.trim())?.[1]) ?? [];
  const known = methods.filter((method) => method !== undefined);
  if (known.length === 0 || known.length < methods.length) return undefined;
  return known.join('|').toUpperCase();
}

type RouteOf = (call: CallAround, text: string) => string | undefined;

/** Calls whose method or path stands where no other framework has it. */
const ROUTES_OF_THEIR_OWN: Partial<Record<Language, RouteOf>> = {
  // `CROW_ROUTE(app, "/users").methods("POST"_method)([…](…) {…})`
  cpp: ({ callee }) => /^CROW_\w{1,20}\([^"()]{0,80}"(\/[^"\s]{0,200})"\)/.exec(callee)?.[1],
  csharp(call, text) {
    const { word } = lastWords(call.callee);
    if (word !== 'Map' && word !== 'MapMethods') return undefined;
    const path = pathIn(writtenAt(call, 0, text), 'csharp', '');
    if (path === undefined || word === 'Map') return path;
    return `${methodsIn(writtenAt(call, 1, text)) ?? 'ANY'} ${path}`;
  },
  // actix: `web::resource("/x").route(web::get().to(|request| …))`
  rust(call, text) {
    const method = /\bweb::(get|post|put|patch|delete|head)\(\)[^()]{0,80}\.to$/.exec(
      call.callee.slice(-160),
    )?.[1];
    const around = method === undefined ? undefined : callAround(call.node, text);
    if (method === undefined || around === undefined) return undefined;
    const path =
      /\bresource\(\s*"(\/[^"\s]{0,200})"/.exec(around.callee)?.[1] ??
      pathIn(writtenAt(around, 0, text), 'rust', '');
    return path === undefined ? undefined : `${method.toUpperCase()} ${path}`;
  },
};

function methodOf(language: Language, receiver: string, word: string): string | undefined {
  const [, prefix, method] = METHOD.exec(word) ?? [];
  if (method === undefined || NO_ROUTER.test(receiver)) return undefined;
  if ((language === 'csharp') !== (prefix !== undefined)) return undefined;
  if (NEEDS_RECEIVER.has(language) && receiver === '') return undefined;
  return method.toUpperCase();
}

/** `{ method: 'GET', path: '/users', handler: (request) => … }` */
export function routeOfObject(object: SyntaxNode, text: string): string | undefined {
  let method: string | undefined;
  let path: string | undefined;
  for (let at = 0; at < 12; at += 1) {
    const pair = object.namedChild(at);
    if (pair === null) break;
    const key = pair.childForFieldName('key');
    const value = pair.childForFieldName('value');
    if (key === null || value === null) continue;
    const says = textOf(value, text);
    if (textOf(key, text) === 'method') method = METHOD_ARGUMENT.exec(says)?.[1];
    else if (/^(?:url|path)$/.test(textOf(key, text))) path = pathIn(says, 'javascript', '');
  }
  return path === undefined ? undefined : [method?.toUpperCase() ?? 'ANY', path].join(' ');
}

const METHOD = /^(Map)?(get|post|put|patch|delete|del|options|head|all|any|use)$/i;
const METHOD_ARGUMENT =
  /^(?:['"`]|http\.Method)(get|post|put|patch|delete|options|head)(?:['"`]|$)/i;
const GO_HANDLERS = new Set(['Handle', 'HandleFunc']);

/** In these, a call without a receiver declares no route. */
const NEEDS_RECEIVER: ReadonlySet<Language> = new Set(['go', 'c', 'cpp', 'csharp', 'php']);

/** What asks others, or only holds values, whatever its methods are called. */
const NO_ROUTER =
  /(?:^\$$|^jquery$|^axios$|^superagent$|^requests?$|^agent$|client$|cache$|store$|map$|^params$|^headers$|^session$)/i;

const LAST_WORDS = /(?:(\$|[\w$]+|\))\s*(?:\?\.|\?->|\.|::|->)\s*)?([\w$]+)\s*(?:<[^()]{0,100}>)?$/;

function lastWords(callee: string): { readonly receiver: string; readonly word: string } {
  const [, receiver = '', word = ''] = LAST_WORDS.exec(callee.slice(-160)) ?? [];
  return { receiver, word };
}

function writtenAt(call: CallAround, index: number, text: string): string {
  const found = argumentAt(call, index);
  return found === undefined ? '' : textOf(found, text).slice(0, 200);
}

/** Of several paths the first one stands for all. */
function firstOf(written: string): string {
  return /^\[\s*(['"][^'"]*['"])/.exec(written)?.[1] ?? written;
}

/** Frameworks that are known by what declares the route do without a slash. */
function pathIn(written: string, language: Language, receiver: string): string | undefined {
  if (language === 'ruby' && receiver === '' && /^:\w+$/.test(written)) {
    return `/${written.slice(1)}`;
  }
  const path = unquote(firstOf(written));
  if (path === written || /\s/.test(path)) return undefined;
  if (/^(?:\/|\*$)/.test(path)) return path;
  const isBare =
    (language === 'php' && receiver === 'Route') || (language === 'ruby' && receiver === 'r');
  return isBare ? `/${path}` : undefined;
}

/** Go: `HandleFunc("GET /x", …)`, or the method behind: `.Methods("GET")`. */
function patternRoute(call: CallAround, pattern: string, text: string): string | undefined {
  const [, method, path] = /^(?:([A-Z]{3,7}) +)?([\w.-]*\/\S*)$/.exec(pattern) ?? [];
  if (path === undefined) return undefined;
  const after = text.slice(call.node.endIndex, call.node.endIndex + 40);
  const later = /^\s*\.Methods\(\s*(?:"|http\.Method)(\w+)/.exec(after)?.[1]?.toUpperCase();
  const known = method ?? later;
  return known === undefined ? path : `${known} ${path}`;
}

const ROUTE_CALL = /\.route\(\s*(?:"(\/[^"\s]{0,200})"|'(\/[^'\s]{0,200})'|`(\/[^`\s]{0,200})`)/;

/** The path stands in a call further left or around. */
function pathAround(language: Language, call: CallAround, text: string): string | undefined {
  const [, double, single, template] = ROUTE_CALL.exec(call.callee.slice(0, 400)) ?? [];
  const path = double ?? single ?? template;
  if (path !== undefined) return path;
  const inner = INSIDE_ROUTE[language]?.(call.node);
  const around = inner === undefined ? undefined : callAround(inner, text);
  if (around === undefined || lastWords(around.callee).word !== 'route') return undefined;
  return pathIn(writtenAt(around, 0, text), language, '');
}

/** What a call of `route` is given that holds the handler. */
const INSIDE_ROUTE: Partial<Record<Language, (call: SyntaxNode) => SyntaxNode | undefined>> = {
  rust: (call) => call,
  kotlin(call) {
    let block: SyntaxNode | null = call.parent;
    for (let level = 0; level < 2 && block?.type !== 'lambda_literal'; level += 1) {
      block = block?.parent ?? null;
    }
    return block ?? undefined;
  },
};
