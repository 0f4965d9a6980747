import type { EpcisDocument } from './document.ts';
import type { Extension } from './event.ts';
import { SBDH } from './namespaces.ts';

/**
 * The Standard Business Document Header of XML. JSON-LD has only sender, receiver and
 * instanceIdentifier of it; a header that says more is kept whole, beside them.
 */
export const SBDH_NAME = `{${SBDH}}StandardBusinessDocumentHeader`;

type Parties = Pick<EpcisDocument, 'sender' | 'receiver' | 'instanceIdentifier'>;

const node = (local: string, content: string | Extension[]): Extension => ({
  name: `{${SBDH}}${local}`,
  ...(typeof content === 'string' ? { text: content } : { children: content }),
});

/** The header that says no more than the three members of JSON; undefined where there is none. */
export function simpleSbdh(document: Parties & { creationDate?: string }): Extension | undefined {
  const { sender, receiver, instanceIdentifier, creationDate = '' } = document;
  if (sender === undefined && receiver === undefined && instanceIdentifier === undefined) {
    return undefined;
  }
  return node('StandardBusinessDocumentHeader', [
    node('HeaderVersion', '1.0'),
    node('Sender', [node('Identifier', sender ?? '')]),
    node('Receiver', [node('Identifier', receiver ?? '')]),
    node('DocumentIdentification', [
      node('Standard', 'EPCglobal'),
      node('TypeVersion', '1.0'),
      node('InstanceIdentifier', instanceIdentifier ?? ''),
      node('Type', 'Events'),
      node('CreationDateAndTime', creationDate),
    ]),
  ]);
}

function textAt(sbdh: Extension, ...path: readonly string[]): string | undefined {
  let found: Extension | undefined = sbdh;
  for (const local of path) {
    found = found?.children?.find(({ name }) => name === `{${SBDH}}${local}`);
  }
  const text = found?.text?.trim();
  return text === '' ? undefined : text;
}

/** What JSON says of a header. */
export function partiesOf(sbdh: Extension): Parties {
  const sender = textAt(sbdh, 'Sender', 'Identifier');
  const receiver = textAt(sbdh, 'Receiver', 'Identifier');
  const instanceIdentifier = textAt(sbdh, 'DocumentIdentification', 'InstanceIdentifier');
  return {
    ...(sender === undefined ? {} : { sender }),
    ...(receiver === undefined ? {} : { receiver }),
    ...(instanceIdentifier === undefined ? {} : { instanceIdentifier }),
  };
}

/** Whether a header is one that can be made again from its three members. */
export function isSimple(sbdh: Extension, creationDate: string | undefined): boolean {
  const again = simpleSbdh({
    ...partiesOf(sbdh),
    ...(creationDate === undefined ? {} : { creationDate }),
  });
  return again !== undefined && JSON.stringify(again) === JSON.stringify(bare(sbdh));
}

/** Without the white space around texts, which says nothing here. */
function bare(extension: Extension): Extension {
  const { text, children } = extension;
  return {
    ...extension,
    ...(text === undefined ? {} : { text: text.trim() }),
    ...(children === undefined ? {} : { children: children.map(bare) }),
  };
}
