import type { CommitType } from '../../model/api/jobs.ts';

export type Verdict = readonly [type: CommitType, confidence: number, evidence: string];
