/** Lists or reports sessions of the home in HOME by the built program, and prints how long it took. */
const { performance } = require('node:perf_hooks');

const [api, library, task, ...names] = process.argv.slice(2);

async function main() {
  const { openEngine } = require(api);
  const startMs = performance.now();
  const engine = await openEngine({ library, folder: library });
  const found =
    task === 'list'
      ? await engine.sessions.list({ recent: 1000 })
      : (await engine.sessions.analyze({ names })).sessions;
  const ms = performance.now() - startMs;
  const tokens = found.reduce((sum, session) => sum + session.tokens.total, 0);
  await engine.close();
  console.log(JSON.stringify({ ms, sessions: found.length, tokens }));
}

void main();
