import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export type Cell = string | number | TemplateResult;

/** What stands above a column; its cells are figures where it says so. */
export type Column = string | { readonly figures: string };

export function figures(column: string): Column {
  return { figures: column };
}

/** A table under a heading; nothing where it has no rows. */
export function table(
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  const kinds = columns.map((column) => (typeof column === 'string' ? 'text' : 'figure'));
  return html`<h2>${title}</h2>
    <table class="figures">
      <thead>
        <tr>
          ${columns.map(
            (column, at) =>
              html`<th scope="col" class=${kinds[at] ?? 'text'}>
                ${typeof column === 'string' ? column : column.figures}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell, at) => html`<td class=${kinds[at] ?? 'text'}>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}
