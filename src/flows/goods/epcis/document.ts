import type { Context } from './context.ts';
import type { EpcisEvent, Extension } from './event.ts';

export type DocumentKind =
  | 'EPCISDocument'
  | 'EPCISQueryDocument'
  /** XML's document of master data alone; JSON has no schema for it, but examples of the form. */
  | 'EPCISMasterDataDocument'
  /** One event without a document around it, as JSON posts it to /events. */
  | 'event';

/** A document of either binding, with everything in it. */
export type EpcisDocument = {
  kind: DocumentKind;
  /** As written: 2.0, or 1.2 for one that came in the older XML. */
  schemaVersion?: string;
  creationDate?: string;
  id?: string;
  sender?: string;
  receiver?: string;
  instanceIdentifier?: string;
  context: Context;
  /** The Standard Business Document Header of XML, where it says more than the three above. */
  sbdh?: Extension;
  header: Extension[];
  masterData: MasterData[];
  /** What a query document answers. */
  query?: { queryName: string; subscriptionID?: string };
  events: EpcisEvent[];
  /** Places in the list, as it was written, of what is no event at all and not among `events`. */
  unread?: number[];
  extensions: Extension[];
};

/** One vocabulary of master data: read points, say, by the URI of the type. */
export type MasterData = { type: string; elements: MasterDataElement[]; extensions?: Extension[] };
export type MasterDataElement = {
  id: string;
  /** The name of each is the URI of the attribute; values are text or whole structures. */
  attributes: Extension[];
  children?: string[];
  extensions?: Extension[];
};
