import type { Publication } from './release.ts';

/** Who sends a message and when it was made, as the message says it. */
export type SdmxHeader = { readonly sender: string; readonly prepared: string };

/**
 * SDMX's code list CL_CONF_STATUS: free; confidential; kept to protect others (secondary
 * confidentiality, set by the sender).
 */
const confidentiality = [
  { id: 'F', name: 'Free (free for publication)', state: 'published' },
  { id: 'C', name: 'Confidential statistical information', state: 'primary' },
  { id: 'D', name: 'Secondary confidentiality set by the sender', state: 'secondary' },
] as const;

type Table = Publication['tables'][number];

/**
 * A release as an SDMX-JSON 2.0.0 data message (SDMX 3.0): for each table its structure and one
 * data set, flat, with a measure and the attributes CONF_STATUS and SUPPRESSION_RULE by
 * observation. A kept cell has no value.
 */
export function sdmxMessage(publication: Publication, { sender, prepared }: SdmxHeader) {
  const { tables, definition, vintage, hash } = publication;
  return {
    meta: {
      schema: `${SCHEMAS}/2.0.0/sdmx-json-data-schema.json`,
      id: `R${hash.slice(0, 32)}`,
      test: false,
      prepared,
      contentLanguages: ['zh', 'en'],
      sender: { id: idOf(sender, 'SENDER'), name: sender },
    },
    data: {
      structures: tables.map((table, at) => ({
        dataSets: [at],
        name: `${definition.title} ${vintage} ${table.name}`,
        links: [linkOf(publication, sender, table)],
        ...structureOf(table),
      })),
      dataSets: tables.map((table, at) => ({
        structure: at,
        action: 'Replace',
        links: [linkOf(publication, sender, table)],
        observations: observationsOf(table),
      })),
    },
  };
}

const SCHEMAS =
  'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas';

/** An identifier of SDMX where the word is one, else the one given. */
function idOf(word: string, otherwise: string): string {
  return /^[A-Za-z][A-Za-z0-9_-]*$/.test(word) ? word : otherwise;
}

function linkOf({ definition }: Publication, sender: string, table: Table) {
  const agency = idOf(sender, 'SENDER');
  const flow = `${idOf(definition.id, 'RELEASE')}_${idOf(table.name, 'TABLE')}`;
  const urn = `urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=${agency}:${flow}(1.0.0)`;
  return { rel: 'dataflow', urn };
}

/** The codes of each dimension, in the order in which cells first have them. */
function codesOf({ dimensions, cells }: Table): string[][] {
  return dimensions.map((_, at) => [...new Set(cells.map(({ codes }) => codes[at] as string))]);
}

const rulesIn = ({ cells }: Table) => [...new Set(cells.map(({ rules }) => rules.join(' ')))];

function structureOf(table: Table) {
  const codes = codesOf(table);
  const observation = { observation: {} };
  return {
    dimensions: {
      observation: table.dimensions.map((name, at) => ({
        id: idOf(name, `DIMENSION_${at + 1}`),
        name,
        keyPosition: at,
        // A code that is no identifier of SDMX, or looks like such a number, has its number for
        // one; the name is always the code.
        values: (codes[at] as string[]).map((code, i) => ({
          id: /^[A-Za-z0-9_$-]+$/.test(code) ? code : `@${i}`,
          name: code,
        })),
      })),
    },
    measures: { observation: [{ id: 'OBS_VALUE', name: 'value' }] },
    attributes: {
      observation: [
        {
          id: 'CONF_STATUS',
          name: 'confidentiality status',
          relationship: observation,
          values: confidentiality.map(({ id, name }) => ({ id, name })),
        },
        {
          id: 'SUPPRESSION_RULE',
          name: 'rules that keep the cell',
          relationship: observation,
          values: rulesIn(table).map((value) => ({ value })),
        },
      ],
    },
  };
}

function observationsOf(table: Table): Record<string, (number | null)[]> {
  const places = codesOf(table).map((codes) => new Map(codes.map((code, at) => [code, at])));
  const rules = new Map(rulesIn(table).map((words, at) => [words, at]));
  return Object.fromEntries(
    table.cells.map((cell) => [
      cell.codes.map((code, at) => places[at]?.get(code)).join(':'),
      [
        cell.value,
        confidentiality.findIndex(({ state }) => state === cell.state),
        rules.get(cell.rules.join(' ')) ?? null,
      ],
    ]),
  );
}
