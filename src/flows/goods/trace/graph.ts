/**
 * What tracing asks of storage: a graph of two kinds of nodes, events and the items that they name.
 * An item is an instance (EPC), a lot (a class with its lot) or a plain product class; a lot is one
 * node, and an instance of a lot is not the lot unless an event says so.
 */

/** `epc`: in the epcList or quantityList of an object or transaction event. */
export type Role = 'epc' | 'parent' | 'child' | 'input' | 'output';

export type Mention = {
  /** The canonical Digital Link, or the URI of what has no GS1 key (`canonicalIdentity`). */
  item: string;
  role: Role;
  /** Whether it stands in a quantity list: a class or a lot, not one thing. */
  by_class: boolean;
  /** A plain decimal; null for an instance, and for a class whose quantity nobody gave. */
  quantity: string | null;
  /** UN/ECE Recommendation 20; null counts pieces (EPCIS 2.0, 7.3.3.3). */
  uom: string | null;
};

export type Action = 'ADD' | 'OBSERVE' | 'DELETE';
export type Endpoint = { type: string; id: string };

export type TraceEvent = {
  id: string;
  /** `ObjectEvent`, `AggregationEvent`, … ; of any other type the mentions are visits alone. */
  type: string;
  action: Action | null;
  /** UTC with three decimals, as `inMilliseconds` gives it, so that it sorts as text. */
  event_time: string;
  recorded_at: string;
  /** Standard values as bare words. */
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  transformation_id: string | null;
  transactions: readonly string[];
  sources: readonly Endpoint[];
  destinations: readonly Endpoint[];
  /** Who recorded it. */
  capturer_id: string;
  mentions: readonly Mention[];
};

/**
 * Where events come from. Each call takes many names at once, so that a trace costs a few
 * statements a hop and not one a node. Only what the asker may see comes out, never an event that
 * an error declaration voids, and at most `limit` of them: a caller that gets as many as it asked
 * for must take the answer as cut.
 */
export type EventSource = {
  /** All events that name one of these items in any role. */
  eventsOf(items: readonly string[], limit: number): Promise<readonly TraceEvent[]>;
  eventsOfTransformation(ids: readonly string[], limit: number): Promise<readonly TraceEvent[]>;
  eventsOfTransaction(ids: readonly string[], limit: number): Promise<readonly TraceEvent[]>;
  /** Events read at, or leaving things at, one of the places in [from, to); null is no bound. */
  eventsAt(
    places: readonly string[],
    from: string | null,
    to: string | null,
    limit: number,
  ): Promise<readonly TraceEvent[]>;
};
