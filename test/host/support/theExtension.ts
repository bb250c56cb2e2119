import * as vscode from 'vscode';

const ID = 'pattern-foundry.pattern-foundry';

export interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

export function theExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension(ID);
  if (extension === undefined) throw new Error(`${ID} is not installed`);
  return extension;
}
