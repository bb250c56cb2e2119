import assert from 'node:assert/strict';

import { headAbove } from '../../../src/core/suggestions/place/headAbove.ts';

const HEADS: readonly (readonly [text: string, name: string])[] = [
  ['def parse_user(text):', 'parse_user'],
  ['    async def load(self, key: str) -> dict[str, int]:', 'load'],
  ['def parse(\n    text,\n    strict=False,\n):', 'parse'],
  ['export async function readAll(\n  files: string[],\n): Promise<void> {', 'readAll'],
  ['const double = (x: number) => {', 'double'],
  ['  handle: async (request) => {', 'handle'],
  ['exports.render = function (view) {', 'render'],
  ['  protected render(view: View): void {', 'render'],
  ["  it('reads empty files', async () => {", 'reads empty files'],
  ['test("a \'quoted\' one", function (t) {', "a 'quoted' one"],
  ["  await t.test('says why', async (t) => {", 'says why'],
  ["app.get('/users', function (req, res) {", '/users'],
  ['  parse := func(text string) error {', 'parse'],
  ['  def response_for(options={})', 'response_for'],
  ['func (c *Context) Bind(obj any) error {', 'Bind'],
  ['func TestBind(t *testing.T) {', 'TestBind'],
  ['pub(crate) fn new<T: Into<String>>(name: T) -> Self {', 'new'],
  ['  public List<String> names(int most) throws IOException {', 'names'],
  ['public static int Main(string[] args)\n{', 'Main'],
  ['  def index', 'index'],
  ['  def show(id)', 'show'],
  ["  it 'shows all' do", 'shows all'],
  ['public function getName(): string\n{', 'getName'],
  ['static int read_all(struct file *f, int n)\n{', 'read_all'],
  ['fun String.shout(times: Int): String {', 'shout'],
];

const OTHERS = [
  'if (isReady(x)) {',
  'for i in range(3):',
  'while (queue.length > 0) {',
  'app.use(function (request) {',
  'const names = {',
  'class Reader {',
  'return {',
  "describe('a reader', () => {",
  'items.forEach((item) => {',
  'switch (kind) {',
  'x = 3',
  'try {',
  '} else if (isDone()) {',
];

describe('the head of a function above the cursor', () => {
  for (const [text, name] of HEADS) {
    it(`is seen in ${text.split('\n').join(' ')}`, () => {
      const lines = ['const before = 1;', '', ...text.split('\n')];
      const found = headAbove(lines, isRuby(text) ? 'ruby' : undefined);
      assert.equal(found?.name, name);
      assert.equal(found.line, 2);
    });
  }

  for (const text of OTHERS) {
    it(`is not seen in ${text}`, () => {
      assert.equal(headAbove(['const before = 1;', '', text], undefined), undefined);
    });
  }
});

function isRuby(text: string): boolean {
  return /^ +def |do$/.test(text);
}
