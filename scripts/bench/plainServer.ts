import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openPostgres } from '../../src/server/database/postgres.ts';
import { jsonOf, SHOWN } from '../../src/server/store/patterns.ts';

/**
 * The least a server can do: Node's own HTTP, one statement a request, its answer as it comes. What a
 * request takes here is what HTTP and the way to the database cost, whatever serves it.
 */
const database = openPostgres({ url: process.env['DATABASE_URL'] ?? '', connections: 10 });

const LIST = {
  name: 'plain_list',
  text: `SELECT '[' || string_agg(${jsonOf(SHOWN)}, ',') || ']' AS json FROM (
    SELECT * FROM patterns WHERE problem_type = $1 AND deleted_at IS NULL
    ORDER BY success_count DESC, id DESC LIMIT 20) AS found`,
};
const GET = {
  name: 'plain_get',
  text: `SELECT ${jsonOf(`${SHOWN}, line`)} AS json FROM patterns WHERE id = $1 AND deleted_at IS NULL`,
};

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const id = /^\/patterns\/(.+)$/.exec(url.pathname)?.[1];
  const asked =
    id === undefined
      ? database.run<{ json: string }>(LIST, [url.searchParams.get('problem_type')])
      : database.run<{ json: string }>(GET, [id]);
  void asked.then(([row]) => {
    response.setHeader('content-type', 'application/json');
    response.end(row?.json);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`serving http://127.0.0.1:${port}\n`);
});
