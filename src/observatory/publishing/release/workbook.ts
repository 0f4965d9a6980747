import writeXlsxFile, { type Row } from 'write-excel-file/node';
import type { Publication } from './release.ts';

/** What stands beside the figures, by its words in both languages. */
export type About = readonly (readonly [words: string, value: string])[];

const text = (value: string) => ({ value, type: String });
const head = (value: string) => ({ ...text(value), fontWeight: 'bold' as const });

/**
 * What the states of cells mean: the same words as on the page, for whoever has only the file.
 * SDMX, CL_CONF_STATUS: free, confidential, secondary confidentiality.
 */
const states: About = [
  ['published', '已公布 published'],
  ['primary', '保密：公布就会说出个别企业 kept: it would tell of single firms'],
  [
    'secondary',
    '连带保密：有了它就能减出旁边的保密数 kept for others: with it the kept one beside it follows',
  ],
];

/**
 * A release as XLSX: what it is on the first sheet, then one sheet a table, one row a cell. All but
 * values is of type text, so that nothing of it is ever a formula.
 */
export async function publicationXlsx(publication: Publication, about: About): Promise<Uint8Array> {
  const { tables } = publication;
  const sheets = tables.map(({ name, dimensions, cells }, at) => ({
    sheet: sheetName(at, name),
    data: [
      [...dimensions.map(head), head('value'), head('state'), head('rules')],
      ...cells.map(
        ({ codes, value, state, rules }): Row => [
          ...codes.map(text),
          value === null ? null : { value, type: Number },
          text(state),
          rules.length > 0 ? text(rules.join(' ')) : null,
        ],
      ),
    ],
    columns: [...dimensions, 'value', 'state', 'rules'].map(() => ({ width: 16 })),
    stickyRowsCount: 1,
  }));
  const first = {
    sheet: '说明 About',
    data: [...about, ...states].map(([words, value]): Row => [head(words), text(value)]),
    columns: [{ width: 34 }, { width: 90 }],
  };
  return new Uint8Array(await writeXlsxFile([first, ...sheets]).toBuffer());
}

/** Excel takes 31 characters and none of these; the number keeps two alike apart. */
const sheetName = (at: number, name: string) =>
  `${at + 1} ${name.replaceAll(/[[\]:*?/\\']/g, ' ')}`.slice(0, 31);
