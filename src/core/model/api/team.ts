import type { PatternId } from '../pattern.ts';
import type { IssuedKey, KeyRecord, KeyRequest, Role } from '../team/wire.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

export const TRUSTS = ['review', 'members'] as const;

/**
 * What becomes of what others share: `review` keeps it in quarantine until it is accepted; with
 * `members` what the team found good enough times is accepted by itself.
 */
export type Trust = (typeof TRUSTS)[number];

export interface TeamChoices {
  readonly trust?: Trust | undefined;
  /**
   * Own patterns that are shared by themselves: each rule is words such as `kind:fix tag:retry`,
   * all of which must be met. Nothing when empty.
   */
  readonly share?: readonly string[] | undefined;
}

export interface TeamConnection extends TeamChoices {
  /** Such as `https://patterns.example.com`. */
  readonly address: string;
  readonly key: string;
  /** Whether the key is kept in a file that only its owner may read; else every call gives it. */
  readonly keepsKey: boolean;
}

/** How a library stands to its team. */
export interface TeamStatus {
  readonly address: string;
  readonly team: string;
  /** Whom the key belongs to. */
  readonly user: string;
  readonly role: Role;
  readonly trust: Trust;
  readonly share: readonly string[];
  /** Patterns of the team that are known here, own ones among them. */
  readonly known: number;
  readonly own: number;
  /** Patterns of others that wait to be accepted. */
  readonly waiting: number;
  /** Chosen by hand and not sent yet. */
  readonly unsent: number;
  /** ISO 8601, UTC; `null` before the first one. */
  readonly lastSync: string | null;
}

/** What people write about a pattern. */
export interface TeamOffer {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
}

export interface TeamSync {
  /** Patterns of others that are new here. */
  readonly received: number;
  /** Own patterns that the team has now. */
  readonly sent: number;
  /** Changes of what was known: edits, deletions. */
  readonly changed: number;
  /** Votes, outcomes, edits and deletions that were told. */
  readonly told: number;
  /** Patterns of others that were accepted because the team found them good. */
  readonly accepted: number;
  /** Sent, and refused for good: the team deleted them. */
  readonly refused: number;
  /** Not taken this time, and why; each is sent again by the next sync. */
  readonly notTaken: readonly {
    readonly pattern: PatternId;
    readonly name: string;
    readonly reason: string;
  }[];
  /** The server was restored from a backup: all was compared anew, and what it lacked was sent again. */
  readonly restarted: boolean;
}

/** A pattern that the team has. */
export interface TeamShared {
  /** Its id here. */
  readonly pattern: PatternId;
  readonly name: string;
  readonly author: string;
  /** ISO 8601, UTC. */
  readonly shared_at: string;
  readonly own: boolean;
  readonly helpful: number;
  readonly votes: number;
  readonly good_outcomes: number;
  readonly outcomes: number;
  /** Whether it waits to be accepted. */
  readonly waiting: boolean;
  /** What its author writes about it since it was accepted, which waits; else `null`. */
  readonly offer: TeamOffer | null;
}

/** A pattern that the server found. */
export interface TeamFound {
  readonly name: string;
  readonly description: string;
  readonly kind: string;
  readonly language: string | null;
  readonly author: string;
  readonly helpful: number;
  readonly votes: number;
  /** Its code, or that after a change. */
  readonly code: string;
  /** Its id here; `null` before a sync brought it. */
  readonly pattern: PatternId | null;
}

export interface TeamSearch {
  /** The best first. */
  readonly found: readonly TeamFound[];
  /** Of which those are the first. */
  readonly total: number;
  /** Whether the server compared meanings; else all the words occur. */
  readonly by_meaning: boolean;
}

/** What would leave this machine, exactly. */
export interface SharePreview {
  readonly pattern: PatternId;
  readonly name: string;
  /** The line that is sent: JSON in the exchange format. */
  readonly line: string;
}

/** What is chosen by hand, or what the rules choose. */
export type ShareTarget = { readonly ids: readonly string[] } | { readonly rules: true };

/** The server of the team, with the key that is known, where an administrator names no other. */
export interface AdminAccess {
  readonly address?: string | undefined;
  readonly key?: string | undefined;
}

/** One team a library; `key` is that of `TeamConnection`, where it is not kept. */
export interface TeamApi {
  /** @throws AppError `team-unreachable`, `team-refused`, `team-answer-unreadable`, `bad-argument` */
  connect(connection: TeamConnection): Promise<TeamStatus>;
  /** `undefined` without a team. */
  status(): Promise<TeamStatus | undefined>;
  /** Both ways; what a stop or a failure leaves is done by the next one. @throws as `connect`, `team-not-connected`, `team-key-needed` */
  sync(key: string | undefined, choices: TeamChoices, watch?: Watch): Promise<TeamSync>;
  /** The newest first. */
  list(): Promise<readonly TeamShared[]>;
  /**
   * Asks the server, which has what no sync brought yet, too. What came by a sync the library finds
   * itself.
   *
   * @param limit patterns, at most 200
   * @throws as `sync`
   */
  search(text: string, limit: number, key: string | undefined): Promise<TeamSearch>;
  /** @throws AppError `team-not-connected`, `pattern-not-found`, `bad-argument` for a rule */
  preview(target: ShareTarget): Promise<readonly SharePreview[]>;
  /** Notes what is to be shared and sends it; where the server cannot be reached it waits. */
  share(ids: readonly string[], key: string | undefined): Promise<TeamSync>;
  /**
   * Takes in what the authors of accepted patterns write about them now: see `TeamShared.offer`.
   *
   * @throws AppError `pattern-not-found`, `pattern-forgotten`, `bad-argument` where nothing waits
   */
  take(ids: readonly string[]): Promise<void>;
  /**
   * @param forget also what others shared, the accepted included
   * @returns patterns that were forgotten
   */
  leave(forget: boolean): Promise<number>;
  /** Lets a person in. @throws as `connect`, `team-key-needed`, `team-refused` where it is no administrator's key */
  issueKey(request: KeyRequest, access: AdminAccess): Promise<IssuedKey>;
  /** The newest first, without their secrets. @throws as `issueKey` */
  keys(access: AdminAccess): Promise<readonly KeyRecord[]>;
  /** Another key in place of one, which ends. @throws as `issueKey` */
  rotateKey(id: string, expiresAt: string | undefined, access: AdminAccess): Promise<IssuedKey>;
  /** Ends a key at once. @throws as `issueKey` */
  revokeKey(id: string, access: AdminAccess): Promise<KeyRecord>;
}

export const TEAM_CALLS: CallTable<TeamApi> = {
  connect: 1,
  status: 0,
  sync: 2,
  list: 0,
  search: 3,
  preview: 1,
  share: 2,
  take: 1,
  leave: 1,
  issueKey: 2,
  keys: 1,
  rotateKey: 3,
  revokeKey: 2,
};
