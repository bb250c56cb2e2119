/** Entry of the engine process: for the extension that starts it, or for agents in VS Code. */
import { serveAgents } from './serveAgents.ts';
import { serveExtension } from './serveExtension.ts';

const [task, ...args] = process.argv.slice(2);
if (task === 'mcp') void serveAgents(args).then(() => process.exit(0));
else serveExtension();
