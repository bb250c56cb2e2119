import type { SessionFormat } from '../format.ts';
import { claudeCode } from './claudeCode.ts';
import { codex } from './codex.ts';

/** In the order they are asked whether a log is theirs. */
export const FORMATS: readonly SessionFormat[] = [codex, claudeCode];
