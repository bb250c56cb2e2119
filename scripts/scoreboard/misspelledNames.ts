import { seededRandom } from '../../src/core/platform/seededRandom.ts';
import { halfOf, type GroundTruth, type JudgedQuery } from './groundTruth.ts';

const QUERIES = 400;
const MIN_LETTERS = 5;

/** Names of the documents with one letter dropped, doubled, changed or swapped with the next. */
export function misspelledNames({ documents }: GroundTruth): GroundTruth {
  const random = seededRandom(11);
  const named = documents.filter(({ name }) => name.length >= MIN_LETTERS);
  const queries = named.slice(0, QUERIES).map(({ name }): JudgedQuery => {
    const relevant = documents.filter((other) => other.name === name);
    return {
      text: misspell(name, random),
      relevant: new Set(relevant.map(({ rowId }) => rowId)),
      half: halfOf(name),
    };
  });
  return { name: 'name with one wrong letter → function', documents, queries };
}

function misspell(name: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (name.length - 2));
  const [before, letter, next] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1)];
  const other = String.fromCharCode(97 + Math.floor(random() * 26));
  const edits = [
    `${before}${name.slice(at + 1)}`,
    `${before}${letter}${letter}${name.slice(at + 1)}`,
    `${before}${other}${name.slice(at + 1)}`,
    `${before}${next}${letter}${name.slice(at + 2)}`,
  ];
  return edits[Math.floor(random() * edits.length)] ?? name;
}
