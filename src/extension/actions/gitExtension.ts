import { extensions, type Event, type Uri } from 'vscode';

/** What is used of version 1 of the API of VS Code's own git extension. */
export interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: Event<GitRepository>;
  readonly onDidCloseRepository: Event<GitRepository>;
  getRepository(uri: Uri): GitRepository | null;
  /** A document with the content of a file at a commit. */
  toGitUri(uri: Uri, ref: string): Uri;
}

export interface GitRepository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly onDidChange: Event<void>;
  };
  getCommit(ref: string): Promise<{
    readonly message: string;
    readonly parents: readonly string[];
    readonly commitDate?: Date;
    readonly authorEmail?: string;
  }>;
  /** What the configuration of git says; empty for nothing. */
  getConfig(key: string): Promise<string>;
  getGlobalConfig(key: string): Promise<string>;
  diffBetween(ref1: string, ref2: string): Promise<readonly GitChange[]>;
}

export interface GitChange {
  /** Of the file as it was called before. */
  readonly originalUri: Uri;
  readonly uri: Uri;
  /** Of the file as it is called after, where that is another name. */
  readonly renameUri: Uri | undefined;
  readonly status: number;
}

/** `undefined` where the git extension is switched off, as it is without trust. */
export async function openGitApi(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<{
    readonly enabled: boolean;
    getAPI(version: 1): GitApi;
  }>('vscode.git');
  if (extension === undefined) return undefined;
  const exported = extension.isActive ? extension.exports : await extension.activate();
  return exported.enabled ? exported.getAPI(1) : undefined;
}
