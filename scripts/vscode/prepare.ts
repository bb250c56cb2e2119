/** What several suites of tests need, made before them: the `.vsix`, and a VS Code to run it in. */
import { installHost, isHostSupported } from './install.ts';
import { ownTarget } from './nativeRuntime.ts';
import { packForTests } from './pack.ts';

packForTests();
packForTests(ownTarget());
if (isHostSupported()) installHost();
