import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';

export type Cell = string | number | TemplateResult;

/** A table under a heading; nothing where it has no rows. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<h2>${title}</h2>
    <table>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
}
