import { createRepository, type TestRepository } from './repository.ts';
import { POLL, POLL_FIXED, RETRY, ROUND } from '../engine/snippets.ts';

export const SLUG = `/** Makes a title fit for an address. */
export function slugFromTitle(title) {
  const words = title.toLowerCase().split(' ');
  if (words.length > 8) {
    return words.slice(0, 8).join('-');
  }
  return words.join('-');
}
`;
export const SLUG_FIXED = SLUG.replace('title.toLowerCase()', 'title.trim().toLowerCase()');

/** A class whose parts are nothing to reuse by themselves. */
const PAGE = `export class BlogPage {
  constructor(settings) {
    this.settings = settings ?? {};
    if (!this.settings.title) this.settings.title = 'none';
  }
  get pageTitle() {
    if (this.settings.title.length > 80) return this.settings.title.slice(0, 80);
    return this.settings.title;
  }
}
`;

/** Each writes the posts in its own way. */
const USERS = [
  'if (!post.isReady) return out.skip(1);\n  return out.write(slugFromTitle(post.title));',
  'for (const part of post.parts) out.begin(part);\n  out.end(slugFromTitle(post.title), 2);',
  'while (out.isFull) out.grow(post.size * 2);\n  const name = slugFromTitle(post.title);\n  out.name(name);',
  'const page = new BlogPage(post);\n  return post.isLong ? out.fold(page.pageTitle) : slugFromTitle(page.pageTitle);',
].map((body, at) => `export function showPost${at}(post, out) {\n  ${body}\n}\n`);

const TEST = `it('makes a title fit for an address', () => {
  const slug = slugFromTitle('One two');
  assert.equal(slug, 'one-two');
  assert.ok(!slug.includes(' '));
});
`;

/** A program of a few files that its history mended twice. */
export function createBlog(): TestRepository {
  const repository = createRepository();
  repository.commit([
    {
      message: 'Add posts',
      files: {
        'lib/slug.js': SLUG,
        'lib/page.js': PAGE,
        'net/poll.js': POLL,
        'net/again.js': RETRY,
        'money/round.js': ROUND,
        'test/slug.test.js': TEST,
        ...Object.fromEntries(USERS.map((text, at) => [`posts/show${at}.js`, text])),
      },
    },
    { message: 'fix: lint', files: { 'net/again.js': RETRY.replace('times', 'most') } },
    {
      message: 'fix(lib): trailing blanks in titles end up in addresses (#12)\n\nSeen by all.',
      files: {
        'lib/slug.js': SLUG_FIXED,
        'net/poll.js': POLL_FIXED,
      },
    },
    {
      message: 'Fix rounding of coins that are not there',
      files: { 'money/round.js': ROUND.replace('price', 'price ?? 0') },
    },
  ]);
  repository.git('reset', '--hard', '--quiet');
  return repository;
}
