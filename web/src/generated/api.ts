// Made by `npm run generate` from the route table: what each operation takes and
// answers, and where it stands; how to call it is the console's own matter.

export type Account = {
  code: string;
  name: {
    zh: string;
    en: string;
  };
  kind: "asset" | "liability" | "equity" | "revenue" | "expense";
};

export type AccountErasure = {
  asked_at: string;
  due_at: string;
  blocked_by: {
    chain_id: string;
    party_id: string;
  } | null;
};

export type AccountGuard = {
  totp_since: string | null;
  passkeys: Passkey[];
  links: IdentityLink[];
  recovery_codes_left: number;
  proved_until: string;
};

export type AgeingRow = {
  counterparty: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  currency: string;
  not_due_minor: string;
  late_1_30_minor: string;
  late_31_60_minor: string;
  late_61_90_minor: string;
  late_over_90_minor: string;
  disputed_minor: string;
  open_minor: string;
};

export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  created_at: string;
  expires_at: string | null;
  used_at: string | null;
  rotated_at: string | null;
  previous_until: string | null;
  revoked_at: string | null;
};

export type Balance = {
  account_code: string;
  counterparty: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  } | null;
  currency: string;
  debit_minor: string;
  credit_minor: string;
  balance_minor: string;
};

export type Burden = {
  year: string;
  total: {
    collections: number;
    forms: number;
    items: number;
    reports: number;
    prefilled: number;
    minutes: number;
    reports_with_minutes: number;
  };
  by_collector: {
    collections: number;
    forms: number;
    items: number;
    reports: number;
    prefilled: number;
    minutes: number;
    reports_with_minutes: number;
    collector_id: string;
    name: {
      zh: string;
      en: string;
    };
  }[];
  asked_twice: {
    period: string;
    times: number;
    asked: {
      ask_id: string;
      collector_id: string;
      form: {
        zh: string;
        en: string;
      };
      item: string;
    }[];
  }[];
};

export type ChainView = {
  since: string;
  parties: Party[];
  links: {
    seller_id: string;
    buyer_id: string;
    orders: number;
    ordered_minor: string;
    despatches: number;
    invoiced_minor: string;
    paid_minor: string;
    documents: number;
  }[];
  places: Place[];
};

export type CheckedDocument = {
  kind: "order" | "order_response" | "order_change" | "order_cancellation" | "despatch" | "receipt" | "invoice" | "credit_note" | "sheet_orders" | "sheet_catalogue" | "sheet_stock" | "kept" | "unreadable";
  format: "peppol" | "ubl" | "csv" | "xlsx" | "unknown";
  number: string | null;
  errors: DocumentProblem[];
  warnings: DocumentProblem[];
  body: unknown;
};

export type ClassificationEdition = {
  id: string;
  scheme: string;
  name: {
    zh: string;
    en: string;
  };
  document: string;
  base: string | null;
  valid_from: string;
  valid_until: string | null;
  provenance: {
    status: "published" | "converted" | "unverified";
    citation: {
      zh: string;
      en: string;
    };
  };
  coverage: "whole" | "part" | "heads";
  missing: {
    zh: string;
    en: string;
  } | null;
};

export type ColleagueGuard = {
  id: string;
  login: string;
  name: string;
  has_factor: boolean;
};

export type Collection = {
  id: string;
  collector_id: string;
  form_id: string;
  form_version_id: string;
  form: {
    zh: string;
    en: string;
  };
  period: string;
  due_on: string;
  state: "open" | "closed" | "locked";
  version: number;
  opened_at: string;
  changed_at: string;
  asked: number;
  waiting: number;
  late: number;
  submitted: number;
  returned: number;
  accepted: number;
  asked_already: {
    item: string;
    name: {
      zh: string;
      en: string;
    };
    collection_id: string;
    form_id: string;
    form: {
      zh: string;
      en: string;
    };
    their_item: string;
    parties: number;
  }[];
};

export type CollectionAsk = {
  id: string;
  collection_id: string;
  collector_id: string;
  owner_id: string;
  party: {
    zh: string;
    en: string;
  };
  form_id: string;
  form_version_id: string;
  form_version: number;
  form: {
    zh: string;
    en: string;
  };
  period: string;
  due_on: string;
  asked_on: string;
  item_count: number;
  collection_state: "open" | "closed" | "locked";
  state: "waiting" | "submitted" | "returned" | "accepted";
  is_late: boolean;
  report_id: string | null;
  accepted_id: string | null;
  first_submitted_on: string | null;
  reminders: number;
  reminded_on: string | null;
};

export type CollectionRow = {
  id: string;
  collector_id: string;
  form_id: string;
  form_version_id: string;
  form: {
    zh: string;
    en: string;
  };
  period: string;
  due_on: string;
  state: "open" | "closed" | "locked";
  version: number;
  opened_at: string;
  changed_at: string;
};

export type CollectionTotals = {
  collection_id: string;
  units: number;
  items: ({
    code: string;
    name: {
      zh: string;
      en: string;
    };
    kind: "amount" | "quantity" | "count" | "percent" | "text" | "choice";
    unit: string | null;
    answered: number;
    low: string;
    high: string;
  })[];
};

export type CompanyPrefix = {
  prefix: string;
  owner_id: string;
  recorded_at: string;
};

export type Concept = {
  id: string;
  version: string;
  valid_from: string;
  name: {
    zh: string;
    en: string;
  };
  definition: {
    zh: string;
    en: string;
  };
  provenance: {
    status: "published" | "converted" | "unverified";
    citation: {
      zh: string;
      en: string;
    };
  };
};

export type ConsumerPage = {
  product_id: string;
  name_zh: string;
  name_en: string;
  gtin: string | null;
  is_shared: boolean;
  parts?: ("lots" | "dates" | "origin" | "journey" | "storage" | "epcis")[];
  place_detail?: "none" | "region" | "name";
  links: ({
    type: "pip" | "certificationInfo" | "ingredientsInfo" | "nutritionalInfo" | "allergenInfo" | "recipeInfo" | "instructions" | "consumerHandlingStorageInfo" | "safetyInfo" | "sustainabilityInfo" | "traceability" | "recallStatus" | "faqs" | "support" | "hasRetailers" | "promotion" | "review" | "socialMedia" | "masterData" | "epcis";
    href: string;
    title_zh: string;
    title_en?: string;
    language?: "zh" | "en";
    is_default?: boolean;
  })[];
  owns_gtin: boolean;
  path: string | null;
  address: string | null;
  recent_lots: string[];
  changed_at: string | null;
};

export type ConsumerWarning = {
  id: string;
  product_id: string;
  lots: string[];
  reason_zh: string;
  reason_en: string;
  action_zh: string;
  action_en: string;
  contact: string | null;
  published_at: string;
  withdrawn_at: string | null;
};

export type Despatch = {
  id: string;
  number: string;
  order_id: string;
  order_number: string | null;
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  carrier: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  } | null;
  state: "under_way" | "received" | "lost";
  despatched_at: string;
  expected_on: string;
  received_at: string | null;
  vehicle: string | null;
  from_place_id: string | null;
  to_place_id: string | null;
  note: string | null;
  lines: ({
    line_no: number;
    order_line_no: number;
    product_id: string | null;
    name: string;
    quantity: string;
    unit: string;
    lot: string | null;
    best_before: string | null;
    sscc: string | null;
    accepted: string;
    short: string;
    damaged: string;
    turned_away: string;
  })[];
};

export type DespatchRow = {
  id: string;
  number: string;
  order_id: string;
  order_number: string | null;
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  carrier: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  } | null;
  state: "under_way" | "received" | "lost";
  despatched_at: string;
  expected_on: string;
  received_at: string | null;
  vehicle: string | null;
};

export type Dispute = {
  id: string;
  invoice_id: string;
  amount_minor: string;
  reason: string;
  state: "open" | "withdrawn" | "credited";
  opened_at: string;
  closed_at: string | null;
};

export type Document = {
  id: string;
  owner_id: string;
  receiver_id: string | null;
  kind: "order" | "order_response" | "order_change" | "order_cancellation" | "despatch" | "receipt" | "invoice" | "credit_note" | "sheet_orders" | "sheet_catalogue" | "sheet_stock" | "kept" | "unreadable";
  format: "peppol" | "ubl" | "csv" | "xlsx" | "unknown";
  number: string | null;
  state: "received" | "refused" | "accepted" | "applied";
  media_type: string;
  file_name: string | null;
  size_bytes: number;
  received_at: string;
  changed_at: string;
  error_count: number;
  subject_id: string | null;
  replaces_id: string | null;
  replaced_by_id: string | null;
  errors: DocumentProblem[];
  warnings: DocumentProblem[];
  body: unknown;
};

export type DocumentProblem = {
  rule: string;
  path: string;
  zh: string;
  en: string;
};

export type DocumentRow = {
  id: string;
  owner_id: string;
  receiver_id: string | null;
  kind: "order" | "order_response" | "order_change" | "order_cancellation" | "despatch" | "receipt" | "invoice" | "credit_note" | "sheet_orders" | "sheet_catalogue" | "sheet_stock" | "kept" | "unreadable";
  format: "peppol" | "ubl" | "csv" | "xlsx" | "unknown";
  number: string | null;
  state: "received" | "refused" | "accepted" | "applied";
  media_type: string;
  file_name: string | null;
  size_bytes: number;
  received_at: string;
  changed_at: string;
  error_count: number;
  subject_id: string | null;
  replaces_id: string | null;
  replaced_by_id: string | null;
};

export type Entry = {
  id: string;
  counterparty_id: string | null;
  kind: "invoice" | "credit_note" | "payment" | "allocation" | "late_interest" | "manual" | "reversal";
  subject_id: string;
  fact_id: string;
  reverses_id: string | null;
  booked_on: string;
  memo: string;
  recorded_at: string;
  lines: {
    account_code: string;
    currency: string;
    amount_minor: string;
  }[];
};

export type EventSubscription = {
  id: string;
  query_name: string;
  dest: string | null;
  schedule: Record<string, string> | null;
  state: "active" | "off";
  off_reason: "gone" | "failing" | "left" | null;
  failing_since: string | null;
  last_notified_at: string | null;
  created_at: string;
};

export type ExtentAnswer = {
  phase: "reading" | "building" | "checking" | "ready";
  progress: number;
  looked_at: number;
  found: {
    as_of: string;
    affected: number;
    holds: number;
    rows: ({
      item: string;
      is: "affected" | "holds";
      since: string | null;
      by: string | null;
    })[];
    products: ({
      gtin: string | null;
      items: number;
    })[];
    other_products: number;
    others: {
      capturer_id: string;
      events: number;
    }[];
  } | null;
};

export type Fact = {
  id: string;
  type: string;
  subject_id: string;
  party_id: string;
  user_id: string | null;
  occurred_at: string;
  recorded_at: string;
  corrects_id: string | null;
  body: Record<string, unknown>;
  sealed_at: string | null;
  sealed_position: number | null;
  objections: ObjectionMark[];
};

export type FactProofs = {
  format: "jingwei-proofs/1";
  chain_id: string;
  key: string;
  checkpoint: string;
  after: string | null;
  facts: ({
    position: number;
    fact_id: string;
    fact: LeafFact | null;
    proof: string[];
  })[];
  next: string | null;
};

export type File = {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number;
};

export type FirmProfile = {
  industry_class: string;
  as_of: string;
  employees?: number | null;
  revenue_10k: string | null;
  assets_10k: string | null;
  id: string;
  edition: string;
  size: "micro" | "small" | "medium" | "large" | null;
  described_at: string;
};

export type Form = {
  id: string;
  owner_id: string;
  code: string;
  name: {
    zh: string;
    en: string;
  };
  period_kind: "month" | "quarter" | "year";
  version: number;
  version_id: string;
  newest_version: number;
  levels: number;
  asks_per_year: number;
  approval: {
    table_number: string;
    issued_by: string;
    approval_number: string;
    valid_until: string;
  } | null;
  items: ({
    code: string;
    name: {
      zh: string;
      en: string;
    };
    kind: "amount" | "quantity" | "count" | "percent" | "text" | "choice";
    unit?: string | null;
    choices?: {
      code: string;
      name: {
        zh: string;
        en: string;
      };
    }[];
    is_required?: boolean;
    takes_interval?: boolean;
    source?: {
      table: string;
      item: string;
    } | null;
    prefill?: {
      field: "revenue" | "service_revenue" | "service_share";
      rule?: "third-sector" | "third-sector-without-trade" | "section-letter";
    } | null;
  })[];
  rules: ({
    id: string;
    level: "hard" | "soft";
    expression: string;
    explanation: {
      zh: string;
      en: string;
    };
  })[];
  defined_at: string;
};

export type FormCheck = {
  errors: {
    path: string;
    zh: string;
    en: string;
  }[];
  rules: ({
    fault: {
      column: number;
      zh: string;
      en: string;
    } | null;
    reads: {
      item: string;
      is_before: boolean;
    }[];
    outcome: "holds" | "broken" | "cannot_tell" | null;
  })[];
};

export type FormDraft = {
  id: string;
  form_id: string | null;
  form_version: number | null;
  version: number;
  changed_at: string;
  content: FormDraftContent;
  begun_at: string;
};

export type FormDraftContent = {
  code: string;
  name: {
    zh: string;
    en: string;
  };
  period_kind: "month" | "quarter" | "year";
  levels: 1 | 2;
  asks_per_year: number | null;
  approval: {
    table_number: string;
    issued_by: string;
    approval_number: string;
    valid_until: string;
  } | null;
  items: ({
    code: string;
    name: {
      zh: string;
      en: string;
    };
    kind: "amount" | "quantity" | "count" | "percent" | "text" | "choice";
    unit: string | null;
    choices: {
      code: string;
      name: {
        zh: string;
        en: string;
      };
    }[];
    is_required: boolean;
    takes_interval: boolean;
    source: {
      table: string;
      item: string;
    } | null;
    prefill: {
      field: "revenue" | "service_revenue" | "service_share";
      rule: "third-sector" | "third-sector-without-trade" | "section-letter";
    } | null;
  })[];
  rules: ({
    id: string;
    level: "hard" | "soft";
    expression: string;
    explanation: {
      zh: string;
      en: string;
    };
  })[];
};

export type FormDraftRow = {
  id: string;
  form_id: string | null;
  form_version: number | null;
  version: number;
  changed_at: string;
  code: string;
  name: {
    zh: string;
    en: string;
  };
  item_count: number;
};

export type FormRow = {
  id: string;
  owner_id: string;
  code: string;
  name: {
    zh: string;
    en: string;
  };
  period_kind: "month" | "quarter" | "year";
  version: number;
  version_id: string;
  changed_at: string;
  item_count: number;
  own_use: {
    collections: number;
    firms: number;
    reported: number;
    last_period: string | null;
    reports_with_minutes: number;
    median_minutes: number | null;
  };
};

export type FormWeight = {
  items: number;
  filled_in: number;
  asks_per_year: number;
  noted: {
    reports: number;
    median_minutes: number;
  } | null;
  expected: {
    reports: number;
    seconds_per_item: number;
    minutes: number;
  } | null;
  asked_elsewhere: ({
    item: string;
    form_id: string;
    owner_id: string;
    form: {
      zh: string;
      en: string;
    };
    their_item: string;
    their_name: {
      zh: string;
      en: string;
    };
    period_kind: "month" | "quarter" | "year";
    asked: number;
    reported: number;
    last_period: string | null;
  })[];
  is_cut: boolean;
};

export type GoodsEvent = {
  id: string;
  event_id: string;
  type: string;
  action: string | null;
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  event_time: string;
  zone_offset: string;
  recorded_at: string;
  capturer_id: string;
  declares_error: boolean;
  thing_count: number;
  things: ({
    item: string;
    role: "epc" | "parent" | "child" | "input" | "output" | "transaction" | "transformation";
    by_class: boolean;
    quantity: string | null;
    uom: string | null;
  })[];
};

export type GoodsEventDetail = {
  id: string;
  event_id: string;
  type: string;
  action: string | null;
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  event_time: string;
  zone_offset: string;
  recorded_at: string;
  capturer_id: string;
  declares_error: boolean;
  thing_count: number;
  things: ({
    item: string;
    role: "epc" | "parent" | "child" | "input" | "output" | "transaction" | "transformation";
    by_class: boolean;
    quantity: string | null;
    uom: string | null;
  })[];
  source: "trade" | "captured";
  story: {
    id: string;
    recorded_at: string;
    declares_error: boolean;
    voided: boolean;
  }[];
  json: string;
  xml: string;
};

export type GuardBunching = {
  collection_id: string;
  period: string;
  units: number;
  least: number;
  rule: {
    zh: string;
    en: string;
  };
  source: {
    zh: string;
    en: string;
  };
  does_not_say: {
    zh: string;
    en: string;
  }[];
  item: {
    code: string;
    name: {
      zh: string;
      en: string;
    };
  };
  at: string;
  wanted: "at_least" | "at_most";
  findings: ({
    group: {
      by: "all" | "industry" | "size";
      code: string | null;
    };
    verdict: "found" | "not_found" | "too_few";
    counted: number;
    left_out: number;
    windows: {
      width: number;
      reached: number;
      missed: number;
      chance: number;
    }[];
    decides: {
      width: number;
      reached: number;
      missed: number;
      chance: number;
    } | null;
    bins: number[];
    chance: number;
    says: {
      zh: string;
      en: string;
    };
  })[];
};

export type GuardDivergence = {
  collection_id: string;
  period: string;
  units: number;
  least: number;
  rule: {
    zh: string;
    en: string;
  };
  source: {
    zh: string;
    en: string;
  };
  does_not_say: {
    zh: string;
    en: string;
  }[];
  earlier_id: string;
  earlier_period: string;
  indicator: {
    code: string;
    name: {
      zh: string;
      en: string;
    };
  };
  outcome: {
    code: string;
    name: {
      zh: string;
      en: string;
    };
  };
  outcome_per: {
    code: string;
    name: {
      zh: string;
      en: string;
    };
  } | null;
  findings: ({
    group: {
      by: "all" | "industry" | "size";
      code: string | null;
    };
    verdict: "found" | "not_found" | "too_few";
    indicator: {
      before: number;
      after: number;
      median_before: number | null;
      median_after: number | null;
      above: {
        value: number;
        low: number;
        high: number;
      } | null;
      direction: "up" | "down" | "unclear";
    };
    outcome: {
      before: number;
      after: number;
      median_before: number | null;
      median_after: number | null;
      above: {
        value: number;
        low: number;
        high: number;
      } | null;
      direction: "up" | "down" | "unclear";
    };
    says: {
      zh: string;
      en: string;
    };
  })[];
};

export type GuardHeaping = {
  collection_id: string;
  period: string;
  units: number;
  least: number;
  rule: {
    zh: string;
    en: string;
  };
  source: {
    zh: string;
    en: string;
  };
  does_not_say: {
    zh: string;
    en: string;
  }[];
  expected: number;
  findings: ({
    item: {
      code: string;
      name: {
        zh: string;
        en: string;
      };
    };
    group: {
      by: "all" | "industry" | "size";
      code: string | null;
    };
    verdict: "found" | "not_found" | "too_few";
    counted: number;
    round: number;
    left_out: number;
    index: number | null;
    chance: number;
    says: {
      zh: string;
      en: string;
    };
  })[];
};

export type HeldLeft = {
  place_id: string;
  product_id: string;
  product_name: string;
  lot: string;
  unit: string;
  held: string;
  what: "left" | "counted";
  quantity: string;
};

export type IdentityLink = {
  id: string;
  issuer: string;
  label: string;
  created_at: string;
  used_at: string | null;
};

export type IdentityProvider = {
  id: string;
  name: {
    zh: string;
    en: string;
  };
  issuer: string;
};

export type IndexComparison = {
  units: ({
    unit: string;
    period: string | null;
    one: {
      index: number;
      rank: {
        low: number;
        high: number;
        own: number;
      };
      place: number;
    } | null;
    other: {
      index: number;
      rank: {
        low: number;
        high: number;
        own: number;
      };
      place: number;
    } | null;
    is_apart: boolean;
  })[];
  periods: ({
    period: string | null;
    rank_correlation: number | null;
    mean_change: number | null;
  })[];
  not_measured: {
    one: {
      zh: string;
      en: string;
    }[];
    other: {
      zh: string;
      en: string;
    }[];
  };
};

export type IndexExplanation = {
  rows: ({
    above: number | null;
    depth: number;
    share: number | null;
    element: string;
    name: string;
    value: number | null;
    words: {
      zh: string;
      en: string;
    };
    formula: string;
    steps: ({
      step: string;
      before: number | null;
      after: number | null;
      words: {
        zh: string;
        en: string;
      };
      formula: string;
      numbers: Record<string, number | string>;
    })[];
    cell: {
      row: number;
      column: string;
      value: number | null;
      unit: string;
    } | null;
  })[];
  not_measured: {
    zh: string;
    en: string;
  }[];
};

export type IndustryClass = {
  code: string;
  parent: string | null;
  section: string;
  name: string;
  level: number;
  sector: string | null;
  score: number | null;
};

export type IndustryMatrix = {
  source: string;
  year: number | null;
  kind: "survey" | "extension" | "unknown";
  break: {
    zh: string;
    en: string;
  } | null;
  origin: "domestic" | "total";
  sectors: ({
    code: string;
    name: {
      zh: string;
      en: string;
    };
    group: "services" | "repair" | "manufacturing" | "agriculture" | null;
    output: number;
  })[];
  direct: number[][];
  full: number[][];
  measures: ({
    measure: string;
    name: {
      zh: string;
      en: string;
    };
    value: number;
    unit: string;
    denominator: {
      zh: string;
      en: string;
    };
    source: {
      data: string;
      formula: string;
    };
    does_not_say: {
      zh: string;
      en: string;
    }[];
    reading: {
      link: string;
      way: "direct" | "requirement" | "value_added";
      per: string;
      origin: "domestic" | "total";
      repair: "service" | "apart";
    };
  })[];
};

export type Invitation = {
  id: string;
  party_id: string;
  roles: ("core" | "supplier" | "manufacturer" | "dealer" | "shop" | "carrier" | "warehouse" | "lender" | "association" | "statistician")[];
  created_at: string;
  expires_at: string;
  accepted_at: string | null;
  withdrawn_at: string | null;
};

export type Invoice = {
  id: string;
  kind: "invoice" | "credit_note";
  number: string;
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  order_id: string | null;
  corrects_id: string | null;
  issued_on: string;
  currency: string;
  net_minor: string;
  tax_minor: string;
  total_minor: string;
  match: "matched" | "within_tolerance" | "differs" | "unchecked";
  disputed_minor: string;
  recorded_at: string;
  lines: ({
    line_no: number;
    order_id: string | null;
    order_line_no: number | null;
    product_id: string | null;
    name: string;
    quantity: string;
    unit: string;
    price: string;
    price_base_quantity: string;
    tax_rate: string;
    tax_code: string | null;
    net_minor: string;
    tax_minor: string;
    differences: ({
      what: "quantity" | "price" | "tax_rate";
      expected: string;
      found: string;
      within: boolean;
    })[];
  })[];
};

export type InvoiceRow = {
  id: string;
  kind: "invoice" | "credit_note";
  number: string;
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  order_id: string | null;
  corrects_id: string | null;
  issued_on: string;
  currency: string;
  net_minor: string;
  tax_minor: string;
  total_minor: string;
  match: "matched" | "within_tolerance" | "differs" | "unchecked";
  disputed_minor: string;
  recorded_at: string;
};

export type LeafFact = {
  chain_id: string;
  id: string;
  type: string;
  subject_id: string;
  party_id: string;
  user_id: string | null;
  key_id: string | null;
  parties: string[];
  occurred_at: string;
  recorded_at: string;
  corrects_id: string | null;
  body: Record<string, unknown>;
};

export type LedgerFinding = {
  rule: string;
  subject: string;
  expected: string;
  found: string;
};

export type LossAllowance = {
  item: string;
  percent: string;
  changed_at: string;
};

export type MatchProposal = {
  line: StatementLine;
  counterparty: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  } | null;
  payment_id: string | null;
  allocations: {
    receivable_id: string;
    number: string;
    amount_minor: string;
  }[];
  reason: {
    zh: string;
    en: string;
  };
};

export type MeasuredIndex = {
  name: {
    zh: string;
    en: string;
  };
  elements: ({
    code: string;
    name: string;
    level: number;
    parent: string | null;
    weight: number;
    unit: string | null;
    direction: number | null;
  })[];
  scores: ({
    unit: string;
    name: string;
    period: string | null;
    index: number;
    rank: {
      low: number;
      high: number;
      own: number;
    };
    tie_group: number;
    place: number;
    not_told_apart: string[];
    runs_without: number;
    observed: number;
    elements: Record<string, number | null>;
  })[];
  without_index: ({
    unit: string;
    name: string;
    period: string | null;
    reason: {
      zh: string;
      en: string;
    };
  })[];
  not_measured: {
    zh: string;
    en: string;
  }[];
  uncertainty: {
    level: number;
    runs: number;
    seed: number;
    design: "grid" | "sample";
  };
  sensitivity: {
    step: string;
    kind: string;
    first: {
      value: number;
      low: number;
      high: number;
    };
    total: {
      value: number;
      low: number;
      high: number;
    };
  }[];
  remarks: {
    zh: string;
    en: string;
  }[];
  recipe: Record<string, unknown>;
};

export type ObjectionMark = {
  request_id: string;
  requester_id: string | null;
  state: "open" | "accepted" | "refused";
  asked_at: string;
  answered_at: string | null;
  note: string | null;
};

export type OpenSession = {
  id: string;
  current: boolean;
  agent: string;
  address: string;
  chain: {
    zh: string;
    en: string;
  };
  party: {
    zh: string;
    en: string;
  };
  created_at: string;
  used_at: string;
  expires_at: string;
};

export type Order = {
  id: string;
  number: string;
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  currency: string;
  state: "placed" | "countered" | "confirmed" | "delivering" | "delivered" | "closed" | "refused" | "cancelled";
  version: number;
  placed_at: string;
  changed_at: string;
  requested_on: string;
  due_on: string | null;
  line_count: number;
  net_minor: string;
  tax_minor: string;
  total_minor: string;
  agreement_id: string | null;
  deliver_to: string | null;
  place_id: string | null;
  note: string | null;
  lines: OrderLine[];
};

export type OrderLine = {
  line_no: number;
  product_id: string | null;
  buyer_code: string | null;
  seller_code: string | null;
  gtin: string | null;
  name: string;
  quantity: string;
  unit: string;
  price: string;
  price_base_quantity: string;
  tax_rate: string;
  net_minor: string;
  state: "open" | "countered" | "accepted" | "refused" | "cancelled";
  requested: {
    quantity: string;
    on: string;
  }[];
  offered: {
    quantity: string;
    on: string;
  }[] | null;
  offered_price: string | null;
  promised: {
    quantity: string;
    on: string;
  }[] | null;
  first_promise: {
    quantity: string;
    on: string;
  }[] | null;
  first_promised_at: string | null;
  reason: string | null;
  despatched: string;
  accepted: string;
  short: string;
  damaged: string;
  turned_away: string;
  returned: string;
  invoiced: string;
};

export type OrderMessage = {
  id: string;
  author_id: string;
  author_name: string;
  text: string;
  written_at: string;
};

export type OrderRow = {
  id: string;
  number: string;
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  currency: string;
  state: "placed" | "countered" | "confirmed" | "delivering" | "delivered" | "closed" | "refused" | "cancelled";
  version: number;
  placed_at: string;
  changed_at: string;
  requested_on: string;
  due_on: string | null;
  line_count: number;
  net_minor: string;
  tax_minor: string;
  total_minor: string;
};

export type OrderView = {
  order: Order;
  promises: ({
    line_no: number;
    parts: ({
      quantity: string;
      promised_on: string;
      full_on: string | null;
      in_time: string;
      outcome: "on_time_in_full" | "late" | "in_part" | "not_due";
    })[];
  })[];
  despatches: Despatch[];
  receipts: Receipt[];
  invoices: InvoiceRow[];
  receivables: ReceivableDetail[];
  alerts: ({
    tone: "late" | "broken";
    text: {
      zh: string;
      en: string;
    };
  })[];
  steps: ("respond" | "answer_counter" | "change" | "cancel" | "despatch" | "receive" | "invoice" | "dispute" | "credit" | "pay" | "return")[];
};

export type OwnData = {
  made_at: string;
  account: {
    id: string;
    login: string;
    name: string;
    created_at: string;
  };
  seats: {
    chain: {
      zh: string;
      en: string;
    };
    party: {
      zh: string;
      en: string;
    };
  }[];
  guard: AccountGuard;
  sessions: OpenSession[];
  known_browsers: {
    known_since: string;
    expires_at: string;
  }[];
  security_events: SecurityEvent[];
  security_events_next: string | null;
  erasure: AccountErasure | null;
  elsewhere: {
    zh: string;
    en: string;
  };
};

export type OwnPlace = {
  place: {
    classes: {
      variable: string;
      code: string;
    }[];
    figure: number;
    firms: number;
    total: number;
    mean_of_others: number;
    best: number;
    worst: number;
  } | null;
  refused: {
    reason: "not_reported" | "withdrawn" | "kept" | "too_few" | "dominant";
    zh: string;
    en: string;
  } | null;
};

export type PackedProduct = {
  id: string;
  owner_id: string;
  code: string;
  gtin: string | null;
  name_zh: string;
  name_en: string;
  unit: string;
  shelf_life_days: number | null;
  temperature_min_c: string | null;
  temperature_max_c: string | null;
  tax_code: string | null;
  industry_class: string | null;
  published: boolean;
  changed_at: string;
  units: {
    unit: string;
    base_quantity: string;
  }[];
};

export type Party = {
  id: string;
  uscc: string | null;
  gln: string | null;
  name_zh: string;
  name_en: string;
  lon: string | null;
  lat: string | null;
  region_code: string | null;
  roles: ("core" | "supplier" | "manufacturer" | "dealer" | "shop" | "carrier" | "warehouse" | "lender" | "association" | "statistician")[];
  status: "invited" | "active" | "left";
  verified: boolean;
};

export type Passkey = {
  id: string;
  name: string;
  created_at: string;
  used_at: string | null;
};

export type Payment = {
  id: string;
  payer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  payee: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  currency: string;
  amount_minor: string;
  allocated_minor: string;
  paid_on: string;
  reference: string | null;
  remittance: ({
    receivable_id: string;
    toward: "principal" | "interest";
    amount_minor: string;
  })[];
  state: "recorded" | "confirmed" | "refused";
  reason: string | null;
  recorded_at: string;
  confirmed_at: string | null;
};

export type PaymentRecord = {
  buyer_id: string;
  currency: string;
  from: string;
  to: string;
  invoices: number;
  invoices_on_time: number;
  on_time_share: string | null;
  amount_minor: string;
  on_time_amount_share: string | null;
  weighted_days_late: string | null;
  worst_days_late: number;
  late_now_minor: string;
};

export type Person = {
  id: string;
  login: string;
  name: string;
  role: "admin" | "trade" | "goods" | "finance" | "viewer";
  ended: boolean;
};

export type Picking = {
  lots: ({
    lot: string;
    best_before: string | null;
    quantity: string;
  })[];
  missing: string;
  too_old: string[];
};

export type Place = {
  id: string;
  owner_id: string;
  gln: string | null;
  name_zh: string;
  name_en: string;
  kind: "factory" | "warehouse" | "cold_store" | "shop" | "farm" | "depot";
  lon: string | null;
  lat: string | null;
  address: string | null;
  stock_kept_by: "platform" | "events" | null;
  stock_since: string | null;
};

export type Prefills = {
  fields: ({
    field: "revenue" | "service_revenue" | "service_share";
    kind: "amount" | "quantity" | "count" | "percent" | "text" | "choice";
    name: {
      zh: string;
      en: string;
    };
  })[];
  rules: ({
    id: "third-sector" | "third-sector-without-trade" | "section-letter";
    version: string;
    name: {
      zh: string;
      en: string;
    };
  })[];
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  messages: {
    zh: string;
    en: string;
  };
  instance?: string;
  errors?: {
    path: string;
    rule?: string;
    zh: string;
    en: string;
  }[];
};

export type Product = {
  id: string;
  owner_id: string;
  code: string;
  gtin: string | null;
  name_zh: string;
  name_en: string;
  unit: string;
  shelf_life_days: number | null;
  temperature_min_c: string | null;
  temperature_max_c: string | null;
  tax_code: string | null;
  industry_class: string | null;
  published: boolean;
  changed_at: string;
};

export type ProductBundle = {
  product_id: string;
  obligations: ({
    name: string;
    low: string | null;
    high: string | null;
    industry_class?: string | null;
    tax_code?: string | null;
  })[];
  id: string;
  described_on: string;
  recorded_at: string;
};

export type Production = {
  event_id: string;
  place_id: string;
  order_number: string | null;
  made_at: string;
  recorded_at: string;
  used: {
    product_id: string;
    product_name: string;
    lot: string;
    unit: string;
    quantity: string;
  }[];
  made: ({
    product_id: string;
    product_name: string;
    lot: string;
    unit: string;
    quantity: string;
    best_before: string | null;
  })[];
  withdrawn_by: string | null;
};

export type ProviderVisit = {
  ticket: string;
};

export type Recall = {
  id: string;
  number: string;
  title: string;
  hazard: string;
  grade: 1 | 2 | 3;
  known_at: string;
  opened_at: string;
  start_by: string;
  first_sent_at: string | null;
  is_late: boolean;
  closed_at: string | null;
  outcome: string | null;
  suspicion: Record<string, unknown>;
  listed_as_of: string;
  is_cut: boolean;
  progress: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
  own: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
  nobody: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
  notices: RecallNotice[];
};

export type RecallLine = {
  line_no: number;
  notice_id: string | null;
  is_own: boolean;
  item: string;
  lot: string | null;
  state: "at" | "in_transit" | "ended" | "unknown";
  place: string | null;
  inside: string | null;
  ended: string | null;
  quantity: string | null;
  unit: string;
  answer: {
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
    remark: string | null;
    answered_at: string;
  } | null;
};

export type RecallList = {
  at: string;
  there: ({
    place: string | null;
    possessor: string | null;
    rows: ({
      item: string;
      product: string;
      lot: string | null;
      is: "affected" | "holds";
      since: string | null;
      state: "at" | "in_transit" | "ended" | "unknown";
      place: string | null;
      possessor: string | null;
      inside: string | null;
      towards: {
        type: string;
        id: string;
      }[];
      disposition: string | null;
      ended: string | null;
      last_seen: string | null;
      quantity: string | null;
      unit: string;
    })[];
  })[];
  on_the_way: ({
    item: string;
    product: string;
    lot: string | null;
    is: "affected" | "holds";
    since: string | null;
    state: "at" | "in_transit" | "ended" | "unknown";
    place: string | null;
    possessor: string | null;
    inside: string | null;
    towards: {
      type: string;
      id: string;
    }[];
    disposition: string | null;
    ended: string | null;
    last_seen: string | null;
    quantity: string | null;
    unit: string;
  })[];
  ended: ({
    item: string;
    product: string;
    lot: string | null;
    is: "affected" | "holds";
    since: string | null;
    state: "at" | "in_transit" | "ended" | "unknown";
    place: string | null;
    possessor: string | null;
    inside: string | null;
    towards: {
      type: string;
      id: string;
    }[];
    disposition: string | null;
    ended: string | null;
    last_seen: string | null;
    quantity: string | null;
    unit: string;
  })[];
  unknown: ({
    item: string;
    product: string;
    lot: string | null;
    is: "affected" | "holds";
    since: string | null;
    state: "at" | "in_transit" | "ended" | "unknown";
    place: string | null;
    possessor: string | null;
    inside: string | null;
    towards: {
      type: string;
      id: string;
    }[];
    disposition: string | null;
    ended: string | null;
    last_seen: string | null;
    quantity: string | null;
    unit: string;
  })[];
  unmeasured: {
    item: string;
    events: string[];
  }[];
  ask: {
    item: string;
    event: string;
    ask: {
      type: string;
      id: string;
    };
  }[];
  is_cut: boolean;
  item_count: number;
  event_count: number;
  events: {
    id: string;
    capturer_id: string;
  }[];
};

export type RecallNotice = {
  id: string;
  recall_id: string;
  owner_id: string;
  addressee_uri: string;
  addressee_id: string | null;
  state: "draft" | "sent" | "acknowledged" | "answered" | "closed";
  number: string;
  title: string;
  hazard: string;
  grade: 1 | 2 | 3;
  note: string | null;
  told_by: string | null;
  drafted_at: string;
  sent_at: string | null;
  acknowledged_at: string | null;
  answered_at: string | null;
  closed_at: string | null;
  line_count: number;
  progress: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
};

export type RecallOpened = {
  id: string;
  number: string;
  title: string;
  hazard: string;
  grade: 1 | 2 | 3;
  known_at: string;
  opened_at: string;
  start_by: string;
  first_sent_at: string | null;
  is_late: boolean;
  closed_at: string | null;
  outcome: string | null;
  suspicion: Record<string, unknown>;
  listed_as_of: string;
  is_cut: boolean;
  progress: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
  own: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
  nobody: {
    unit: string;
    listed: string;
    kept: string;
    destroyed: string;
    passed_on: string;
    missing: string;
  }[];
  notices: RecallNotice[];
  events: {
    id: string;
    capturer_id: string;
  }[];
};

export type RecallProduct = {
  product_id: string;
  name_zh: string;
  name_en: string;
  lot_count: number;
  has_unnamed: boolean;
  is_shared: boolean;
  untold: string[];
  untold_count: number;
  is_told: boolean;
};

export type RecallRow = {
  id: string;
  number: string;
  title: string;
  hazard: string;
  grade: 1 | 2 | 3;
  known_at: string;
  opened_at: string;
  start_by: string;
  first_sent_at: string | null;
  is_late: boolean;
  closed_at: string | null;
  outcome: string | null;
  notice_count: number;
  answered_count: number;
};

export type Receipt = {
  id: string;
  number: string;
  despatch_id: string;
  order_id: string;
  received_at: string;
  note: string | null;
  lines: ({
    line_no: number;
    despatch_line_no: number;
    order_line_no: number;
    accepted: string;
    short: string;
    damaged: string;
    turned_away: string;
    reason: string | null;
    photo_ids: string[];
    received_on: string;
  })[];
};

export type Receivable = {
  id: string;
  number: string;
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  currency: string;
  total_minor: string;
  credited_minor: string;
  paid_minor: string;
  disputed_minor: string;
  open_minor: string;
  payable_minor: string;
  interest_minor: string;
  interest_paid_minor: string;
  issued_on: string;
  delivered_on: string;
  state: "open" | "disputed" | "overdue" | "settled";
  clock: {
    starts_on: string;
    due_on: string;
    statutory_due_on: string | null;
    paid: boolean;
    days_left: number;
    days_late: number;
  };
  settled_on: string | null;
};

export type ReceivableDetail = {
  id: string;
  number: string;
  seller: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  buyer: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
  };
  currency: string;
  total_minor: string;
  credited_minor: string;
  paid_minor: string;
  disputed_minor: string;
  open_minor: string;
  payable_minor: string;
  interest_minor: string;
  interest_paid_minor: string;
  issued_on: string;
  delivered_on: string;
  state: "open" | "disputed" | "overdue" | "settled";
  clock: {
    starts_on: string;
    due_on: string;
    statutory_due_on: string | null;
    paid: boolean;
    days_left: number;
    days_late: number;
  };
  settled_on: string | null;
  buyer_kind: "large" | "public" | "sme";
  seller_size: "micro" | "small" | "medium" | "large" | "undeclared";
  inspection_due_on: string | null;
  accepted_on: string | null;
  term_days: number | null;
  late_rate_daily: string;
  start_rule: {
    article: {
      zh: string;
      en: string;
    };
    text: {
      zh: string;
      en: string;
    };
  };
  term_rule: {
    article: {
      zh: string;
      en: string;
    };
    text: {
      zh: string;
      en: string;
    };
  };
  credits: {
    credit_note_id: string;
    number: string;
    amount_minor: string;
    credited_on: string;
  }[];
  disputes: ({
    id: string;
    amount_minor: string;
    state: "open" | "withdrawn" | "credited";
    raised_on: string;
    closed_on: string | null;
  })[];
  allocations: ({
    payment_id: string;
    toward: "principal" | "interest";
    amount_minor: string;
    paid_on: string;
  })[];
};

export type Release = {
  id: string;
  owner_id: string;
  series: string;
  number: number;
  title: string;
  unit: string;
  state: "draft" | "scheduled" | "published" | "withdrawn";
  reason: string | null;
  drafted_at: string;
  planned_at: string | null;
  published_at: string | null;
  withdrawn_at: string | null;
  withdrawal_reason: string | null;
  held_at: string | null;
  held_because: "left" | "not_a_statistician" | "not_reproduced" | "data_unreadable" | "too_long" | null;
  cells: number;
  hash: string;
  content: {
    kind: "jingwei-release";
    definition: {
      id: string;
      version: string;
      title: string;
    };
    vintage: string;
    source_hash: string;
    engine_hash: string;
    after: string[];
    tables: ({
      name: string;
      dimensions: string[];
      cells: ({
        codes: string[];
        value: number | null;
        state: "published" | "primary" | "secondary";
        rules: ("frequency" | "dominance" | "p_percent" | "pq" | "zero")[];
        contributors?: number;
      })[];
    })[];
    hash: string;
  };
};

export type ReleaseCheck = {
  cells: Record<string, number>;
  rules: Record<string, number>;
  attacked: number;
  kept_by_rule: number;
  fewest: number;
  combinations: ({
    classes: {
      variable: string;
      code: string;
    }[];
    fitting: number;
    cell: "published" | "primary" | "secondary" | null;
  })[];
  combinations_left_out: number;
  words: {
    zh: string;
    en: string;
  }[];
};

export type ReleasePreview = {
  unit: string;
  content: {
    kind: "jingwei-release";
    definition: {
      id: string;
      version: string;
      title: string;
    };
    vintage: string;
    source_hash: string;
    engine_hash: string;
    after: string[];
    tables: ({
      name: string;
      dimensions: string[];
      cells: ({
        codes: string[];
        value: number | null;
        state: "published" | "primary" | "secondary";
        rules: ("frequency" | "dominance" | "p_percent" | "pq" | "zero")[];
        contributors?: number;
      })[];
    })[];
    hash: string;
  };
  check: ReleaseCheck;
};

export type ReleaseRevisions = {
  releases: ({
    vintage: string;
    version: string;
    reason: string | null;
  })[];
  rows: ({
    table: string;
    codes: string[];
    values: (number | null)[];
    revision: number | null;
  })[];
  mean_absolute_revision: number | null;
  mean_revision: number | null;
  mean_absolute_relative: number | null;
  does_not_say: {
    zh: string;
    en: string;
  }[];
};

export type ReleaseRow = {
  id: string;
  owner_id: string;
  series: string;
  number: number;
  title: string;
  unit: string;
  state: "draft" | "scheduled" | "published" | "withdrawn";
  reason: string | null;
  drafted_at: string;
  planned_at: string | null;
  published_at: string | null;
  withdrawn_at: string | null;
  withdrawal_reason: string | null;
  held_at: string | null;
  held_because: "left" | "not_a_statistician" | "not_reproduced" | "data_unreadable" | "too_long" | null;
  cells: number;
  hash: string;
};

export type ReleaseVerification = {
  hash: string;
  is_equal: boolean;
  is_whole: boolean;
  is_same_source: boolean;
  is_same_engine: boolean;
  differing: string[];
};

export type ReportDraft = {
  ask_id: string;
  state: "editing" | "for_check" | "sent";
  version: number;
  answers: Record<string, string | {
    low: string;
    high: string;
  }>;
  evidence: Record<string, {
    kind: "split";
    value: string | {
      low: string;
      high: string;
    };
    field: "revenue" | "service_revenue" | "service_share";
    from: string;
    to: string;
    rule: string;
    rule_version: string;
    mapping: string;
    edition: string;
    open_part: number | null;
    left_out_lines: number;
  } | {
    kind: "report";
    value: string | {
      low: string;
      high: string;
    };
    report_id: string | null;
    collector_id: string | null;
    form: {
      zh: string;
      en: string;
    } | null;
    item: string | null;
  }>;
  notes: Record<string, string>;
  minutes: number | null;
  corrects_id: string | null;
  reason: string | null;
  changed_at: string;
  checks: ({
    rule: string;
    level: "hard" | "soft";
    outcome: "holds" | "broken" | "cannot_tell";
    explanation: {
      zh: string;
      en: string;
    };
  })[];
  asked_already: ({
    item: string;
    ask_id: string;
    collector_id: string;
    form: {
      zh: string;
      en: string;
    };
    their_item: string;
    value: string | {
      low: string;
      high: string;
    } | null;
  })[];
};

export type ReturnNote = {
  id: string;
  number: string;
  order_id: string;
  reason: string;
  returned_at: string;
  lines: ({
    line_no: number;
    order_line_no: number;
    quantity: string;
    lot: string | null;
  })[];
};

export type RevenueEvidence = {
  invoice_id: string;
  line_no: number;
  issued_on: string;
  name: string;
  net_minor: string;
  is_revenue: boolean;
  basis: string;
  words: {
    zh: string;
    en: string;
  };
  candidates: string[][];
  service_minor: {
    low: string;
    high: string;
  };
  remarks: {
    zh: string;
    en: string;
  }[];
};

export type RevenueSplit = {
  period: {
    from: string;
    to: string;
  };
  rule: {
    id: string;
    version: string;
    name: {
      zh: string;
      en: string;
    };
    provenance: {
      status: "published" | "converted" | "unverified";
      citation: {
        zh: string;
        en: string;
      };
    };
  };
  mapping: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
    valid_from: string;
  };
  edition: string;
  currency: string;
  revenue_minor: string;
  not_revenue_minor: string;
  other_currencies: {
    currency: string;
    lines: number;
  }[];
  groups: ({
    group: string;
    name: {
      zh: string;
      en: string;
    };
    amount_minor: {
      low: string;
      high: string;
    };
    share: {
      low: number;
      high: number;
    } | null;
  })[];
  service: {
    amount_minor: {
      low: string;
      high: string;
    };
    share: {
      low: number;
      high: number;
    } | null;
  };
  by_basis: {
    basis: string;
    words: {
      zh: string;
      en: string;
    };
    net_minor: string;
    lines: number;
    open_minor: string;
  }[];
  unverified_minor: string;
  self_declared_minor: string;
  does_not_say: {
    zh: string;
    en: string;
  }[];
  test: {
    threshold: string;
    answer: "yes" | "no" | "cannot_tell";
    share: {
      low: number;
      high: number;
    } | null;
    is_near: boolean;
    answers_to_yes: number | null;
    answers_to_no: number | null;
    questions: ({
      sale: {
        name: string;
        product_id: string | null;
        industry_class: string | null;
        tax_code: string | null;
      };
      takes_decision: boolean;
      basis: string;
      words: {
        zh: string;
        en: string;
      };
      net_minor: string;
      lines: number;
      swing_pp: number;
      candidates: string[];
      nearest: {
        code: string;
        name: string;
        score: number;
      }[];
      settled_by: {
        zh: string;
        en: string;
      };
      remarks: {
        zh: string;
        en: string;
      }[];
    })[];
    questions_left_out: number;
    under_rules: ({
      rule: string;
      version: string;
      name: {
        zh: string;
        en: string;
      };
      share: {
        low: number;
        high: number;
      } | null;
      answer: "yes" | "no" | "cannot_tell";
    })[];
  };
};

export type RightsRequest = {
  id: string;
  kind: "consent" | "correction" | "explanation" | "deletion";
  requester_id: string;
  holder_id: string;
  fact_id: string | null;
  file_id: string | null;
  scope: "orders" | "shipments" | "stock" | "invoices" | "ledger" | "readings" | null;
  share_until: string | null;
  statement: string;
  state: "open" | "accepted" | "refused" | "withdrawn" | "lapsed";
  overdue: boolean;
  asked_at: string;
  due_on: string;
  answer: string | null;
  answered_at: string | null;
  agreement_id: string | null;
  corrected_by: string | null;
  note: string | null;
};

export type SaleDecision = {
  name: string;
  product_id: string | null;
  industry_class: string | null;
  tax_code: string | null;
  id: string;
  class: string;
  edition: string;
  reason: string;
  decided_on: string;
  recorded_at: string;
};

export type SavedEventQuery = {
  name: string;
  definition: string;
  created_at: string;
};

export type Seal = {
  size: number;
  root: string;
  note: string;
  key: string;
  sealed_at: string;
};

export type SealConsistency = {
  format: "jingwei-consistency/1";
  from: number;
  to: number;
  proof: string[];
};

export type SealKey = {
  key: string;
};

export type SecondStep = {
  ticket: string;
  ways: ("totp" | "passkey" | "recovery_code")[];
};

export type SecurityEvent = {
  id: string;
  kind: "signed_in" | "sign_in_failed" | "second_step_failed" | "sessions_ended" | "password_changed" | "totp_added" | "totp_removed" | "passkey_added" | "passkey_removed" | "recovery_codes_made" | "recovery_code_used" | "provider_added" | "provider_removed" | "factors_reset" | "factor_required" | "factor_lifted" | "erasure_asked" | "erasure_taken_back" | "account_erased" | "key_created" | "key_rotated" | "key_revoked" | "webhook_made" | "webhook_moved" | "webhook_rotated" | "webhook_removed" | "webhook_switched_off";
  happened_at: string;
  user_id: string | null;
  name: string | null;
  agent: string;
  address: string;
  detail: string;
};

export type Session = {
  user: {
    id: string;
    login: string;
    name: string;
  };
  chain: {
    id: string;
    slug: string;
    name: {
      zh: string;
      en: string;
    };
    zone: string;
  };
  party: {
    id: string;
    name: {
      zh: string;
      en: string;
    };
    roles: ("core" | "supplier" | "manufacturer" | "dealer" | "shop" | "carrier" | "warehouse" | "lender" | "association" | "statistician")[];
  };
  seat: "admin" | "trade" | "goods" | "finance" | "viewer";
  permissions: string[];
  places: {
    chain_id: string;
    chain_slug: string;
    chain_name: {
      zh: string;
      en: string;
    };
    party_id: string;
    party_name: {
      zh: string;
      en: string;
    };
  }[];
  held: "new_password" | "no_factor" | "factor_not_shown" | null;
  factor: {
    is_set: boolean;
    required_from: string | null;
  };
};

export type SharedAccess = {
  id: string;
  reader_id: string;
  by: "person" | "key";
  operation: string;
  record_count: number;
  looked_at: string;
};

export type SharingAgreement = {
  id: string;
  owner_id: string;
  reader_id: string;
  scope: "orders" | "shipments" | "stock" | "invoices" | "ledger" | "readings";
  purpose: string;
  valid_from: string;
  valid_until: string | null;
  revoked_at: string | null;
};

export type SignInPolicy = {
  factor_from: string | null;
  set_at: string | null;
  set_by: {
    id: string;
    name: string;
  } | null;
  version: number;
};

export type StatementLine = {
  id: string;
  statement_id: string;
  line_no: number;
  booked_on: string;
  currency: string;
  amount_minor: string;
  counterparty_name: string;
  reference: string | null;
  memo: string;
  payment_id: string | null;
  set_aside: boolean;
};

export type StatisticalReport = {
  id: string;
  ask_id: string;
  collection_id: string;
  owner_id: string;
  collector_id: string;
  number: number;
  corrects_id: string | null;
  reason: string | null;
  answers: Record<string, string | {
    low: string;
    high: string;
  }>;
  evidence: Record<string, {
    kind: "split";
    value: string | {
      low: string;
      high: string;
    };
    field: "revenue" | "service_revenue" | "service_share";
    from: string;
    to: string;
    rule: string;
    rule_version: string;
    mapping: string;
    edition: string;
    open_part: number | null;
    left_out_lines: number;
  } | {
    kind: "report";
    value: string | {
      low: string;
      high: string;
    };
    report_id: string | null;
    collector_id: string | null;
    form: {
      zh: string;
      en: string;
    } | null;
    item: string | null;
  }>;
  notes: Record<string, string>;
  checks: ({
    rule: string;
    level: "hard" | "soft";
    outcome: "holds" | "broken" | "cannot_tell";
    explanation: {
      zh: string;
      en: string;
    };
  })[];
  minutes: number | null;
  prefilled_count: number;
  industry_class: string | null;
  size: string | null;
  region_code: string | null;
  submitted_at: string;
  ruling: {
    ruling: "accepted" | "returned";
    reason: string | null;
    ruled_at: string;
  } | null;
};

export type StockPartings = {
  since: string | null;
  opening: string;
  quantity: string;
  counts: number;
  agreed: number;
  partings: ({
    from: {
      event_id: string | null;
      at: string | null;
      balance: string;
    };
    to: {
      event_id: string;
      at: string;
      counted: string;
    } | null;
    expected: string;
    difference: string | null;
    events: number;
    suspects: ({
      event_id: string;
      at: string;
      step: string | null;
      quantity: string;
      why: "other_side_differs" | "looks_twice" | "voided_after" | "below_zero" | "recorded_late" | "near_count" | "other_side_silent";
      explains: boolean;
      zh: string;
      en: string;
    })[];
  })[];
  is_cut: boolean;
};

export type StockRow = {
  owner_id: string;
  place_id: string;
  product_id: string;
  product_name: string;
  lot: string;
  disposition: "sellable_accessible" | "damaged" | "non_sellable_other" | "returned" | "in_transit" | "recalled";
  unit: string;
  best_before: string | null;
  quantity: string;
  changed_at: string;
};

export type SupplyAgreement = {
  id: string;
  number: string;
  seller_id: string;
  buyer_id: string;
  currency: string;
  valid_from: string;
  valid_until: string | null;
  payment_days: number;
  inspection_days: number;
  buyer_kind: "public" | "large" | "sme";
  seller_size: "micro" | "small" | "medium" | "large" | "undeclared";
  industry_norm: boolean;
  late_rate_yearly: string | null;
  prime_rate_yearly: string | null;
  quantity_tolerance_percent: string;
  price_tolerance_percent: string;
  state: "proposed" | "active" | "ended";
  proposed_by: string;
  recorded_at: string;
};

export type Thing = {
  item: string;
  gtin: string | null;
  lot: string | null;
  serial: string | null;
  sscc: string | null;
  at: string;
  is_class: boolean;
  state: "at" | "in_transit" | "unknown" | "ended" | "never_seen";
  place: {
    value: string;
    since: string;
    event: string;
    of: string;
  } | null;
  last_place: {
    value: string;
    since: string;
    event: string;
    of: string;
  } | null;
  towards: {
    value: {
      type: string;
      id: string;
    }[];
    since: string;
    event: string;
    of: string;
  } | null;
  possessor: {
    value: string;
    since: string;
    event: string;
    of: string;
  } | null;
  owner: {
    value: string;
    since: string;
    event: string;
    of: string;
  } | null;
  disposition: {
    value: string;
    since: string;
    event: string;
    of: string;
  } | null;
  ended: {
    value: string;
    since: string;
    event: string;
    of: string;
  } | null;
  inside: ({
    item: string;
    depth: number;
    since: string | null;
  })[];
  contents: ({
    item: string;
    depth: number;
    since: string | null;
  })[];
  content_count: number;
  stays: ({
    parent: string;
    child: string;
    from: string;
    to: string | null;
  })[];
  parts: ({
    state: "at" | "inside" | "in_transit" | "ended" | "unknown";
    place: string | null;
    inside: string | null;
    towards: {
      type: string;
      id: string;
    }[];
    ended: string | null;
    quantity: string;
    unit: string;
  })[];
  events: ({
    id: string;
    type: string;
    action: string | null;
    event_time: string;
    recorded_at: string;
    biz_step: string | null;
    disposition: string | null;
    read_point: string | null;
    biz_location: string | null;
    capturer_id: string;
    sources: {
      type: string;
      id: string;
    }[];
    destinations: {
      type: string;
      id: string;
    }[];
  })[];
  event_count: number;
  also_read: {
    id: string;
    capturer_id: string;
  }[];
  is_cut: boolean;
};

export type ThreadEntry = {
  event_id: string;
  at: string;
  recorded_at: string;
  source: "trade" | "captured";
  step: string | null;
  kind: "moved" | "counted";
  quantity: string;
  expected: string | null;
  parting: string | null;
  balance: string;
  voided_at: string | null;
  takes_back: boolean;
  is_late: boolean;
  document: string | null;
  reason: string | null;
};

export type Today = {
  date: string;
  recalls_to_answer: {
    count: number;
    more: boolean;
    items: RecallNotice[];
  };
  held_goods_left: {
    count: number;
    more: boolean;
    items: HeldLeft[];
  };
  late_deliveries: {
    count: number;
    more: boolean;
    items: OrderRow[];
  };
  late_supplies: {
    count: number;
    more: boolean;
    items: OrderRow[];
  };
  overdue_receivables: {
    count: number;
    more: boolean;
    items: Receivable[];
  };
  overdue_payables: {
    count: number;
    more: boolean;
    items: Receivable[];
  };
  disputes: {
    count: number;
    more: boolean;
    items: Dispute[];
  };
  refused_documents: {
    count: number;
    more: boolean;
    items: DocumentRow[];
  };
  to_answer: {
    count: number;
    more: boolean;
    items: OrderRow[];
  };
  counter_offers: {
    count: number;
    more: boolean;
    items: OrderRow[];
  };
  to_despatch: {
    count: number;
    more: boolean;
    items: OrderRow[];
  };
  to_receive: {
    count: number;
    more: boolean;
    items: DespatchRow[];
  };
  payments_to_confirm: {
    count: number;
    more: boolean;
    items: Payment[];
  };
  rights_to_answer: {
    count: number;
    more: boolean;
    items: RightsRequest[];
  };
};

export type TraceAnswer = {
  direction: "forward" | "backward";
  nodes: ({
    item: string;
    is: "affected" | "holds";
    at: string | null;
    held: ({
      from: string | null;
      to: string | null;
    })[];
    hop: number;
    by: string | null;
  })[];
  edges: {
    from: string;
    to: string;
    event: string;
    kind: string;
  }[];
  visits: {
    item: string;
    event: string;
  }[];
  events: ({
    id: string;
    type: string;
    action: string | null;
    event_time: string;
    recorded_at: string;
    biz_step: string | null;
    disposition: string | null;
    read_point: string | null;
    biz_location: string | null;
    capturer_id: string;
    sources: {
      type: string;
      id: string;
    }[];
    destinations: {
      type: string;
      id: string;
    }[];
  })[];
  also_read: {
    id: string;
    capturer_id: string;
  }[];
  dead_ends: {
    item: string;
    event: string;
    ask: {
      type: string;
      id: string;
    };
  }[];
  cut: {
    go_on: Record<string, unknown>[];
    unread: string[];
    edges_left_out: boolean;
  } | null;
  shares: {
    unit: string;
    shares: ({
      item: string;
      low: string;
      proportional: string | null;
      high: string | null;
    })[];
    in_process: ({
      item: string;
      low: string;
      proportional: string | null;
      high: string | null;
    })[];
    overdrawn: string[];
  } | null;
  balances: ({
    transformation: string;
    from: string;
    to: string;
    of: string[];
    inputs: {
      unit: string;
      quantity: string;
    }[];
    outputs: {
      unit: string;
      quantity: string;
    }[];
    loss: {
      unit: string;
      quantity: string;
      percent: string;
    } | null;
    allowed: {
      unit: string;
      quantity: string;
    } | null;
    verdict: "within" | "loss_above_allowance" | "gain" | "cannot_tell";
    reason: {
      zh: string;
      en: string;
    } | null;
  })[];
  statements: number;
};

export type Unclassified = {
  sale: {
    name: string;
    product_id: string | null;
    industry_class: string | null;
    tax_code: string | null;
  };
  net_minor: string;
  lines: number;
  nearest: {
    code: string;
    name: string;
    score: number;
  }[];
  precedents: {
    phrase: string;
    code: string;
    decided_on: string;
    reason: string;
    likeness: number;
  }[];
};

export type UnknownName = {
  what: "goods" | "place" | "unit" | "container" | "part" | "quantity";
  name: string;
  events: number;
  first_at: string;
  last_at: string;
  event_id: string;
};

export type Weave = {
  now: string;
  from: string;
  to: string;
  knots: ({
    id: string;
    flow: "commerce" | "goods" | "money" | "data";
    at: string;
    kind: "fact" | "promise";
    tone: "normal" | "late" | "broken";
    title: {
      zh: string;
      en: string;
    };
    detail: {
      zh: string;
      en: string;
    } | null;
    fact_id: string | null;
  })[];
  ties: ({
    from: string;
    to: string;
    tone: "normal" | "late" | "broken";
  })[];
  spans: ({
    flow: "commerce" | "goods" | "money" | "data";
    from: string;
    to: string;
    tone: "late";
  })[];
};

export type Webhook = {
  id: string;
  url: string;
  description: string;
  kinds: string[];
  state: "active" | "paused" | "off";
  off_reason: "gone" | "failing" | "left" | null;
  position: number;
  failing_since: string | null;
  rotated_at: string | null;
  previous_until: string | null;
  created_at: string;
};

export type WebhookMessage = {
  id: string;
  webhook_id: string;
  kind: "fact" | "ping";
  fact_id: string | null;
  type: string;
  position: number;
  state: "waiting" | "delivered" | "dead" | "withheld";
  attempts: number;
  queued_at: string;
  next_at: string | null;
  last_at: string | null;
  last_status: number | null;
  last_error: "address" | "connection" | "certificate" | "timeout" | "status" | "secret" | null;
  last_excerpt: string | null;
  done_at: string | null;
};

export const operations = {
  'account.add_passkey': { method: 'POST', path: '/api/v1/account/passkeys' },
  'account.add_totp': { method: 'POST', path: '/api/v1/account/totp/confirmation' },
  'account.ask_erasure': { method: 'POST', path: '/api/v1/account/erasure' },
  'account.ask_new_passkey': { method: 'POST', path: '/api/v1/account/passkeys/options' },
  'account.ask_proof': { method: 'POST', path: '/api/v1/account/proof/passkey' },
  'account.ask_totp': { method: 'POST', path: '/api/v1/account/totp' },
  'account.change_password': { method: 'POST', path: '/api/v1/account/password' },
  'account.copy_data': { method: 'GET', path: '/api/v1/account/data' },
  'account.end_other_sessions': { method: 'DELETE', path: '/api/v1/account/sessions' },
  'account.end_session': { method: 'DELETE', path: '/api/v1/account/sessions/{id}' },
  'account.erasure': { method: 'GET', path: '/api/v1/account/erasure' },
  'account.guard': { method: 'GET', path: '/api/v1/account/guard' },
  'account.keep': { method: 'DELETE', path: '/api/v1/account/erasure' },
  'account.list': { method: 'GET', path: '/api/v1/ledger/accounts' },
  'account.open': { method: 'POST', path: '/api/v1/ledger/accounts' },
  'account.prove': { method: 'POST', path: '/api/v1/account/proof' },
  'account.remove_passkey': { method: 'DELETE', path: '/api/v1/account/passkeys/{id}' },
  'account.remove_provider': { method: 'DELETE', path: '/api/v1/account/providers/{id}' },
  'account.remove_totp': { method: 'DELETE', path: '/api/v1/account/totp' },
  'account.renew_recovery_codes': { method: 'POST', path: '/api/v1/account/recovery-codes' },
  'account.security_log': { method: 'GET', path: '/api/v1/account/security-events' },
  'account.sessions': { method: 'GET', path: '/api/v1/account/sessions' },
  'account.visit_provider': { method: 'POST', path: '/api/v1/account/providers' },
  'agreement.end': { method: 'POST', path: '/api/v1/agreements/{id}/end' },
  'agreement.get': { method: 'GET', path: '/api/v1/agreements/{id}' },
  'agreement.list': { method: 'GET', path: '/api/v1/agreements' },
  'agreement.propose': { method: 'POST', path: '/api/v1/agreements' },
  'agreement.take_up': { method: 'POST', path: '/api/v1/agreements/{id}/acceptance' },
  'balance.list': { method: 'GET', path: '/api/v1/ledger/balances' },
  'chain.map': { method: 'GET', path: '/api/v1/chain' },
  'classification.editions': { method: 'GET', path: '/api/v1/observatory/editions' },
  'collection.ask_more': { method: 'POST', path: '/api/v1/collections/{id}/asked' },
  'collection.asked': { method: 'GET', path: '/api/v1/collections/{id}/asked' },
  'collection.burden': { method: 'GET', path: '/api/v1/collections/burden' },
  'collection.close': { method: 'POST', path: '/api/v1/collections/{id}/close' },
  'collection.get': { method: 'GET', path: '/api/v1/collections/{id}' },
  'collection.list': { method: 'GET', path: '/api/v1/collections' },
  'collection.lock': { method: 'POST', path: '/api/v1/collections/{id}/lock' },
  'collection.open': { method: 'POST', path: '/api/v1/collections' },
  'collection.remind': { method: 'POST', path: '/api/v1/collections/{id}/reminders' },
  'collection.totals': { method: 'GET', path: '/api/v1/collections/{id}/totals' },
  'collection.unlock': { method: 'POST', path: '/api/v1/collections/{id}/unlock' },
  'collection_ask.burden': { method: 'GET', path: '/api/v1/collections/asks/burden' },
  'collection_ask.get': { method: 'GET', path: '/api/v1/collections/asks/{id}' },
  'collection_ask.list': { method: 'GET', path: '/api/v1/collections/asks' },
  'company_prefix.list': { method: 'GET', path: '/api/v1/company-prefixes' },
  'company_prefix.register': { method: 'POST', path: '/api/v1/company-prefixes' },
  'consumer_page.get': { method: 'GET', path: '/api/v1/products/{product_id}/consumer-page' },
  'consumer_page.preview': { method: 'GET', path: '/api/v1/products/{product_id}/consumer-page/preview' },
  'consumer_page.save': { method: 'PUT', path: '/api/v1/products/{product_id}/consumer-page' },
  'consumer_warning.list': { method: 'GET', path: '/api/v1/products/{product_id}/consumer-warnings' },
  'consumer_warning.publish': { method: 'POST', path: '/api/v1/products/{product_id}/consumer-warnings' },
  'consumer_warning.withdraw': { method: 'POST', path: '/api/v1/consumer-warnings/{id}/withdrawal' },
  'credit_note.issue': { method: 'POST', path: '/api/v1/credit-notes' },
  'despatch.document': { method: 'GET', path: '/api/v1/despatches/{id}/document' },
  'despatch.get': { method: 'GET', path: '/api/v1/despatches/{id}' },
  'despatch.list': { method: 'GET', path: '/api/v1/despatches' },
  'despatch.lose': { method: 'POST', path: '/api/v1/despatches/{id}/loss' },
  'despatch.send': { method: 'POST', path: '/api/v1/despatches' },
  'dispute.open': { method: 'POST', path: '/api/v1/invoices/{id}/disputes' },
  'dispute.withdraw': { method: 'POST', path: '/api/v1/disputes/{id}/withdrawal' },
  'document.check': { method: 'POST', path: '/api/v1/document-checks' },
  'document.get': { method: 'GET', path: '/api/v1/documents/{id}' },
  'document.list': { method: 'GET', path: '/api/v1/documents' },
  'document.original': { method: 'GET', path: '/api/v1/documents/{id}/original' },
  'document.send': { method: 'POST', path: '/api/v1/documents' },
  'document.template': { method: 'GET', path: '/api/v1/document-templates/{kind}' },
  'entry.get': { method: 'GET', path: '/api/v1/ledger/entries/{id}' },
  'entry.list': { method: 'GET', path: '/api/v1/ledger/entries' },
  'entry.post': { method: 'POST', path: '/api/v1/ledger/entries' },
  'entry.reverse': { method: 'POST', path: '/api/v1/ledger/entries/{id}/reversal' },
  'event.get': { method: 'GET', path: '/api/v1/events/{id}' },
  'event.list': { method: 'GET', path: '/api/v1/events' },
  'event_query.drop': { method: 'DELETE', path: '/api/v1/event-queries/{name}' },
  'event_query.list': { method: 'GET', path: '/api/v1/event-queries' },
  'event_query.save': { method: 'POST', path: '/api/v1/event-queries' },
  'event_subscription.create': { method: 'POST', path: '/api/v1/event-subscriptions' },
  'event_subscription.drop': { method: 'DELETE', path: '/api/v1/event-subscriptions/{id}' },
  'event_subscription.list': { method: 'GET', path: '/api/v1/event-subscriptions' },
  'event_subscription.renew': { method: 'POST', path: '/api/v1/event-subscriptions/{id}/renewals' },
  'export.get': { method: 'GET', path: '/api/v1/exports/{kind}' },
  'fact.get': { method: 'GET', path: '/api/v1/facts/{id}' },
  'fact.list': { method: 'GET', path: '/api/v1/facts' },
  'fact.prove': { method: 'GET', path: '/api/v1/facts/{id}/proof' },
  'file.create': { method: 'POST', path: '/api/v1/files' },
  'file.erase': { method: 'DELETE', path: '/api/v1/files/{id}' },
  'file.get': { method: 'GET', path: '/api/v1/files/{id}' },
  'firm_profile.describe': { method: 'POST', path: '/api/v1/collections/firm-profile' },
  'firm_profile.get': { method: 'GET', path: '/api/v1/collections/firm-profile' },
  'form_draft.begin': { method: 'POST', path: '/api/v1/collections/form-drafts' },
  'form_draft.drop': { method: 'DELETE', path: '/api/v1/collections/form-drafts/{id}' },
  'form_draft.edit': { method: 'PUT', path: '/api/v1/collections/form-drafts/{id}' },
  'form_draft.finish': { method: 'POST', path: '/api/v1/collections/form-drafts/{id}/finish' },
  'form_draft.get': { method: 'GET', path: '/api/v1/collections/form-drafts/{id}' },
  'form_draft.list': { method: 'GET', path: '/api/v1/collections/form-drafts' },
  'form_draft.weight': { method: 'GET', path: '/api/v1/collections/form-drafts/{id}/weight' },
  'guard.bunching': { method: 'GET', path: '/api/v1/observatory/guards/bunching' },
  'guard.divergence': { method: 'GET', path: '/api/v1/observatory/guards/divergence' },
  'guard.heaping': { method: 'GET', path: '/api/v1/observatory/guards/heaping' },
  'index.compare': { method: 'POST', path: '/api/v1/observatory/indices/compare' },
  'index.explain': { method: 'POST', path: '/api/v1/observatory/indices/explain' },
  'index.measure': { method: 'POST', path: '/api/v1/observatory/indices/measure' },
  'industry_class.list': { method: 'GET', path: '/api/v1/observatory/classes' },
  'industry_matrix.measure': { method: 'POST', path: '/api/v1/observatory/matrix' },
  'invitation.accept': { method: 'POST', path: '/api/v1/invitations/accept' },
  'invitation.create': { method: 'POST', path: '/api/v1/invitations' },
  'invitation.list': { method: 'GET', path: '/api/v1/invitations' },
  'invitation.withdraw': { method: 'DELETE', path: '/api/v1/invitations/{id}' },
  'invoice.document': { method: 'GET', path: '/api/v1/invoices/{id}/document' },
  'invoice.get': { method: 'GET', path: '/api/v1/invoices/{id}' },
  'invoice.issue': { method: 'POST', path: '/api/v1/invoices' },
  'invoice.list': { method: 'GET', path: '/api/v1/invoices' },
  'key.create': { method: 'POST', path: '/api/v1/keys' },
  'key.list': { method: 'GET', path: '/api/v1/keys' },
  'key.revoke': { method: 'DELETE', path: '/api/v1/keys/{id}' },
  'key.rotate': { method: 'POST', path: '/api/v1/keys/{id}/rotation' },
  'label.pallet': { method: 'GET', path: '/api/v1/labels/pallet' },
  'label.symbol': { method: 'GET', path: '/api/v1/labels/symbol' },
  'ledger.reconcile': { method: 'GET', path: '/api/v1/ledger/reconciliation' },
  'loss_allowance.list': { method: 'GET', path: '/api/v1/loss-allowances' },
  'loss_allowance.set': { method: 'PUT', path: '/api/v1/loss-allowances' },
  'message.list': { method: 'GET', path: '/api/v1/orders/{id}/messages' },
  'message.write': { method: 'POST', path: '/api/v1/orders/{id}/messages' },
  'order.answer_counter': { method: 'POST', path: '/api/v1/orders/{id}/counter-answers' },
  'order.cancel': { method: 'POST', path: '/api/v1/orders/{id}/cancellation' },
  'order.change': { method: 'POST', path: '/api/v1/orders/{id}/changes' },
  'order.document': { method: 'GET', path: '/api/v1/orders/{id}/document' },
  'order.get': { method: 'GET', path: '/api/v1/orders/{id}' },
  'order.list': { method: 'GET', path: '/api/v1/orders' },
  'order.place': { method: 'POST', path: '/api/v1/orders' },
  'order.respond': { method: 'POST', path: '/api/v1/orders/{id}/responses' },
  'order.response_document': { method: 'GET', path: '/api/v1/orders/{id}/response-document' },
  'order.view': { method: 'GET', path: '/api/v1/orders/{id}/view' },
  'order.weave': { method: 'GET', path: '/api/v1/orders/{id}/weave' },
  'party.list': { method: 'GET', path: '/api/v1/parties' },
  'payment.allocate': { method: 'POST', path: '/api/v1/payments/{id}/allocations' },
  'payment.confirm': { method: 'POST', path: '/api/v1/payments/{id}/confirmation' },
  'payment.get': { method: 'GET', path: '/api/v1/payments/{id}' },
  'payment.list': { method: 'GET', path: '/api/v1/payments' },
  'payment.record': { method: 'POST', path: '/api/v1/payments' },
  'payment.refuse': { method: 'POST', path: '/api/v1/payments/{id}/refusal' },
  'payment_record.get': { method: 'GET', path: '/api/v1/payments/record' },
  'person.create': { method: 'POST', path: '/api/v1/people' },
  'person.end': { method: 'DELETE', path: '/api/v1/people/{id}' },
  'person.list': { method: 'GET', path: '/api/v1/people' },
  'place.create': { method: 'POST', path: '/api/v1/places' },
  'place.keep_stock': { method: 'POST', path: '/api/v1/places/{id}/stock-keeping' },
  'place.list': { method: 'GET', path: '/api/v1/places' },
  'price.set': { method: 'POST', path: '/api/v1/agreements/{id}/prices' },
  'product.change': { method: 'PATCH', path: '/api/v1/products/{id}' },
  'product.create': { method: 'POST', path: '/api/v1/products' },
  'product.get': { method: 'GET', path: '/api/v1/products/{id}' },
  'product.list': { method: 'GET', path: '/api/v1/products' },
  'product_bundle.describe': { method: 'POST', path: '/api/v1/observatory/bundles' },
  'production.get': { method: 'GET', path: '/api/v1/productions/{id}' },
  'production.record': { method: 'POST', path: '/api/v1/productions' },
  'production.withdraw': { method: 'POST', path: '/api/v1/productions/{id}/withdrawal' },
  'recall.close': { method: 'POST', path: '/api/v1/recalls/{id}/closing' },
  'recall.get': { method: 'GET', path: '/api/v1/recalls/{id}' },
  'recall.hold': { method: 'POST', path: '/api/v1/recalls/{id}/holds' },
  'recall.lines': { method: 'GET', path: '/api/v1/recalls/{id}/lines' },
  'recall.list': { method: 'GET', path: '/api/v1/recalls' },
  'recall.open': { method: 'POST', path: '/api/v1/recalls' },
  'recall.products': { method: 'GET', path: '/api/v1/recalls/{id}/products' },
  'recall.send': { method: 'POST', path: '/api/v1/recalls/{id}/sendings' },
  'recall.sheet': { method: 'GET', path: '/api/v1/recalls/dry-run/sheet' },
  'recall.try': { method: 'POST', path: '/api/v1/recalls/dry-run' },
  'recall_notice.acknowledge': { method: 'POST', path: '/api/v1/recall-notices/{id}/acknowledgement' },
  'recall_notice.answer': { method: 'POST', path: '/api/v1/recall-notices/{id}/answers' },
  'recall_notice.get': { method: 'GET', path: '/api/v1/recall-notices/{id}' },
  'recall_notice.hold': { method: 'POST', path: '/api/v1/recall-notices/{id}/holds' },
  'recall_notice.lines': { method: 'GET', path: '/api/v1/recall-notices/{id}/lines' },
  'recall_notice.list': { method: 'GET', path: '/api/v1/recall-notices' },
  'receipt.document': { method: 'GET', path: '/api/v1/orders/{id}/receipts/{receipt_id}/document' },
  'receipt.list': { method: 'GET', path: '/api/v1/orders/{id}/receipts' },
  'receipt.record': { method: 'POST', path: '/api/v1/receipts' },
  'receivable.accept': { method: 'POST', path: '/api/v1/receivables/{id}/acceptance' },
  'receivable.accrue': { method: 'POST', path: '/api/v1/receivables/accruals' },
  'receivable.age': { method: 'GET', path: '/api/v1/receivables/ageing' },
  'receivable.get': { method: 'GET', path: '/api/v1/receivables/{id}' },
  'receivable.list': { method: 'GET', path: '/api/v1/receivables' },
  'release.check': { method: 'GET', path: '/api/v1/releases/{id}/check' },
  'release.csv': { method: 'GET', path: '/api/v1/releases/{id}/csv' },
  'release.draft': { method: 'POST', path: '/api/v1/releases' },
  'release.get': { method: 'GET', path: '/api/v1/releases/{id}' },
  'release.list': { method: 'GET', path: '/api/v1/releases' },
  'release.own_place': { method: 'GET', path: '/api/v1/releases/{id}/own-place' },
  'release.parquet': { method: 'GET', path: '/api/v1/releases/{id}/parquet' },
  'release.plan': { method: 'POST', path: '/api/v1/releases/{id}/plan' },
  'release.preview': { method: 'POST', path: '/api/v1/releases/preview' },
  'release.publish': { method: 'POST', path: '/api/v1/releases/{id}/publish' },
  'release.revise': { method: 'POST', path: '/api/v1/releases/{id}/revisions' },
  'release.revisions': { method: 'GET', path: '/api/v1/releases/{id}/revisions' },
  'release.sdmx': { method: 'GET', path: '/api/v1/releases/{id}/sdmx' },
  'release.verify': { method: 'GET', path: '/api/v1/releases/{id}/verification' },
  'release.withdraw': { method: 'POST', path: '/api/v1/releases/{id}/withdraw' },
  'release.xlsx': { method: 'GET', path: '/api/v1/releases/{id}/xlsx' },
  'report.accept': { method: 'POST', path: '/api/v1/collections/reports/{id}/accept' },
  'report.get': { method: 'GET', path: '/api/v1/collections/reports/{id}' },
  'report.list': { method: 'GET', path: '/api/v1/collections/asks/{id}/reports' },
  'report.return': { method: 'POST', path: '/api/v1/collections/reports/{id}/return' },
  'report_draft.check': { method: 'POST', path: '/api/v1/collections/asks/{id}/draft/check' },
  'report_draft.edit': { method: 'PUT', path: '/api/v1/collections/asks/{id}/draft' },
  'report_draft.get': { method: 'GET', path: '/api/v1/collections/asks/{id}/draft' },
  'report_draft.import': { method: 'POST', path: '/api/v1/collections/asks/{id}/draft/sheet' },
  'report_draft.sheet': { method: 'GET', path: '/api/v1/collections/asks/{id}/draft/sheet' },
  'report_draft.start': { method: 'POST', path: '/api/v1/collections/asks/{id}/draft' },
  'report_draft.submit': { method: 'POST', path: '/api/v1/collections/asks/{id}/draft/submit' },
  'return.send': { method: 'POST', path: '/api/v1/returns' },
  'revenue_split.get': { method: 'GET', path: '/api/v1/observatory/revenue-split' },
  'revenue_split.lines': { method: 'GET', path: '/api/v1/observatory/revenue-split/lines' },
  'revenue_split.queue': { method: 'GET', path: '/api/v1/observatory/unclassified' },
  'rights_request.answer': { method: 'POST', path: '/api/v1/rights-requests/{id}/answer' },
  'rights_request.ask': { method: 'POST', path: '/api/v1/rights-requests' },
  'rights_request.get': { method: 'GET', path: '/api/v1/rights-requests/{id}' },
  'rights_request.list': { method: 'GET', path: '/api/v1/rights-requests' },
  'rights_request.note': { method: 'POST', path: '/api/v1/rights-requests/{id}/note' },
  'rights_request.withdraw': { method: 'DELETE', path: '/api/v1/rights-requests/{id}' },
  'sale_decision.list': { method: 'GET', path: '/api/v1/observatory/decisions' },
  'sale_decision.set': { method: 'POST', path: '/api/v1/observatory/decisions' },
  'seal.consistency': { method: 'GET', path: '/api/v1/seals/consistency' },
  'seal.facts': { method: 'GET', path: '/api/v1/seals/facts' },
  'seal.get': { method: 'GET', path: '/api/v1/seals/{size}' },
  'seal.key': { method: 'GET', path: '/api/v1/seals/key' },
  'seal.latest': { method: 'GET', path: '/api/v1/seals/latest' },
  'security_event.list': { method: 'GET', path: '/api/v1/security-events' },
  'session.ask_passkey': { method: 'POST', path: '/api/v1/session/passkey/options' },
  'session.ask_second_passkey': { method: 'POST', path: '/api/v1/session/second-step/passkey' },
  'session.by_passkey': { method: 'POST', path: '/api/v1/session/passkey' },
  'session.by_provider': { method: 'POST', path: '/api/v1/session/provider/answer' },
  'session.create': { method: 'POST', path: '/api/v1/session' },
  'session.end': { method: 'DELETE', path: '/api/v1/session' },
  'session.get': { method: 'GET', path: '/api/v1/session' },
  'session.providers': { method: 'GET', path: '/api/v1/session/providers' },
  'session.second_step': { method: 'POST', path: '/api/v1/session/second-step' },
  'session.switch': { method: 'POST', path: '/api/v1/session/switch' },
  'session.visit_provider': { method: 'POST', path: '/api/v1/session/provider' },
  'session.way_to_provider': { method: 'POST', path: '/api/v1/session/provider/way' },
  'sharing.access_log': { method: 'GET', path: '/api/v1/sharing-accesses' },
  'sharing.create': { method: 'POST', path: '/api/v1/sharing-agreements' },
  'sharing.end': { method: 'DELETE', path: '/api/v1/sharing-agreements/{id}' },
  'sharing.list': { method: 'GET', path: '/api/v1/sharing-agreements' },
  'sign_in_policy.colleagues': { method: 'GET', path: '/api/v1/sign-in-policy/colleagues' },
  'sign_in_policy.get': { method: 'GET', path: '/api/v1/sign-in-policy' },
  'sign_in_policy.set': { method: 'PUT', path: '/api/v1/sign-in-policy' },
  'statement.import': { method: 'POST', path: '/api/v1/statements' },
  'statement_line.accept': { method: 'POST', path: '/api/v1/statements/lines/{id}/match' },
  'statement_line.list': { method: 'GET', path: '/api/v1/statements/lines' },
  'statement_line.match': { method: 'GET', path: '/api/v1/statements/matches' },
  'statement_line.set_aside': { method: 'POST', path: '/api/v1/statements/lines/{id}/set-aside' },
  'statistical_form.check': { method: 'POST', path: '/api/v1/collections/forms/check' },
  'statistical_form.define': { method: 'POST', path: '/api/v1/collections/forms' },
  'statistical_form.get': { method: 'GET', path: '/api/v1/collections/forms/{id}' },
  'statistical_form.list': { method: 'GET', path: '/api/v1/collections/forms' },
  'statistical_form.prefills': { method: 'GET', path: '/api/v1/collections/prefills' },
  'statistical_form.revise': { method: 'POST', path: '/api/v1/collections/forms/{id}/versions' },
  'statistical_form.weight': { method: 'GET', path: '/api/v1/collections/forms/{id}/weight' },
  'stock.count': { method: 'POST', path: '/api/v1/stock/counts' },
  'stock.list': { method: 'GET', path: '/api/v1/stock' },
  'stock.partings': { method: 'GET', path: '/api/v1/stock/partings' },
  'stock.pick': { method: 'GET', path: '/api/v1/stock/picking' },
  'stock.reconcile': { method: 'GET', path: '/api/v1/stock/reconciliation' },
  'stock.settle_held': { method: 'POST', path: '/api/v1/stock/held' },
  'stock.thread': { method: 'GET', path: '/api/v1/stock/thread' },
  'stock.unknown_list': { method: 'GET', path: '/api/v1/stock/unknown' },
  'stock_name.match': { method: 'POST', path: '/api/v1/stock/names/match' },
  'stock_name.say': { method: 'POST', path: '/api/v1/stock/names' },
  'thing.get': { method: 'GET', path: '/api/v1/things' },
  'today.get': { method: 'GET', path: '/api/v1/today' },
  'trace.extent': { method: 'POST', path: '/api/v1/trace/extent' },
  'trace.extent_sheet': { method: 'GET', path: '/api/v1/trace/extent/sheet' },
  'trace.run': { method: 'POST', path: '/api/v1/trace' },
  'webhook.change': { method: 'PATCH', path: '/api/v1/webhooks/{id}' },
  'webhook.create': { method: 'POST', path: '/api/v1/webhooks' },
  'webhook.get': { method: 'GET', path: '/api/v1/webhooks/{id}' },
  'webhook.list': { method: 'GET', path: '/api/v1/webhooks' },
  'webhook.ping': { method: 'POST', path: '/api/v1/webhooks/{id}/ping' },
  'webhook.remove': { method: 'DELETE', path: '/api/v1/webhooks/{id}' },
  'webhook.replay': { method: 'POST', path: '/api/v1/webhooks/{id}/replay' },
  'webhook.rotate': { method: 'POST', path: '/api/v1/webhooks/{id}/rotation' },
  'webhook_message.list': { method: 'GET', path: '/api/v1/webhooks/{id}/messages' },
  'webhook_message.resend': { method: 'POST', path: '/api/v1/webhooks/{id}/messages/{message_id}/resend' },
  'webhook_message.set_aside': { method: 'POST', path: '/api/v1/webhooks/{id}/messages/{message_id}/set-aside' },
} as const;

export type Operations = {
  'account.add_passkey': {
    params: undefined;
    query: undefined;
    body: {
      name: string;
      response: {
        id: string;
        rawId: string;
        type: "public-key";
        response: Record<string, unknown>;
        clientExtensionResults?: Record<string, unknown>;
      };
    };
    reply: {
      passkey: Passkey;
      recovery_codes: string[] | null;
    };
  };
  'account.add_totp': {
    params: undefined;
    query: undefined;
    body: {
      code: string;
    };
    reply: {
      recovery_codes: string[] | null;
    };
  };
  'account.ask_erasure': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: AccountErasure;
  };
  'account.ask_new_passkey': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Record<string, unknown>;
  };
  'account.ask_proof': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Record<string, unknown>;
  };
  'account.ask_totp': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      secret: string;
      uri: string;
    };
  };
  'account.change_password': {
    params: undefined;
    query: undefined;
    body: {
      old: string;
      fresh: string;
    };
    reply: {
      done: true;
    };
  };
  'account.copy_data': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: OwnData;
  };
  'account.end_other_sessions': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      ended: number;
    };
  };
  'account.end_session': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'account.erasure': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      erasure: AccountErasure | null;
    };
  };
  'account.guard': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: AccountGuard;
  };
  'account.keep': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'account.list': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: Account[];
    };
  };
  'account.open': {
    params: undefined;
    query: undefined;
    body: {
      code: string;
      name: {
        zh: string;
        en: string;
      };
    };
    reply: Account;
  };
  'account.prove': {
    params: undefined;
    query: undefined;
    body: {
      password: string;
    } | {
      code: string;
    } | {
      recovery_code: string;
    } | {
      passkey: {
        id: string;
        rawId: string;
        type: "public-key";
        response: Record<string, unknown>;
        clientExtensionResults?: Record<string, unknown>;
      };
    };
    reply: {
      done: true;
    };
  };
  'account.remove_passkey': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'account.remove_provider': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'account.remove_totp': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'account.renew_recovery_codes': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      recovery_codes: string[];
    };
  };
  'account.security_log': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: SecurityEvent[];
      next: string | null;
    };
  };
  'account.sessions': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: OpenSession[];
    };
  };
  'account.visit_provider': {
    params: undefined;
    query: undefined;
    body: {
      provider: string;
    };
    reply: ProviderVisit;
  };
  'agreement.end': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: SupplyAgreement;
  };
  'agreement.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      id: string;
      number: string;
      seller_id: string;
      buyer_id: string;
      currency: string;
      valid_from: string;
      valid_until: string | null;
      payment_days: number;
      inspection_days: number;
      buyer_kind: "public" | "large" | "sme";
      seller_size: "micro" | "small" | "medium" | "large" | "undeclared";
      industry_norm: boolean;
      late_rate_yearly: string | null;
      prime_rate_yearly: string | null;
      quantity_tolerance_percent: string;
      price_tolerance_percent: string;
      state: "proposed" | "active" | "ended";
      proposed_by: string;
      recorded_at: string;
      prices: ({
        product_id: string;
        unit: string;
        price: string;
        tax_rate: string;
        quantity_min?: string;
        valid_from: string;
        valid_until: string | null;
        id: string;
      })[];
    };
  };
  'agreement.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: SupplyAgreement[];
      next: string | null;
    };
  };
  'agreement.propose': {
    params: undefined;
    query: undefined;
    body: {
      seller_id: string;
      buyer_id: string;
      number?: string;
      currency?: string;
      valid_from: string;
      valid_until?: string;
      payment_days: number;
      inspection_days?: number;
      buyer_kind: "public" | "large" | "sme";
      seller_size: "micro" | "small" | "medium" | "large" | "undeclared";
      industry_norm?: boolean;
      late_rate_yearly?: string;
      prime_rate_yearly?: string;
      quantity_tolerance_percent?: string;
      price_tolerance_percent?: string;
      prices?: {
        product_id: string;
        unit: string;
        price: string;
        tax_rate: string;
        quantity_min?: string;
        valid_from: string;
        valid_until?: string;
      }[];
    };
    reply: SupplyAgreement;
  };
  'agreement.take_up': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: SupplyAgreement;
  };
  'balance.list': {
    params: undefined;
    query: { limit?: number; after?: string; party_id?: string; account_code?: string; counterparty_id?: string };
    body: undefined;
    reply: {
      items: Balance[];
      next: string | null;
    };
  };
  'chain.map': {
    params: undefined;
    query: { days?: number };
    body: undefined;
    reply: ChainView;
  };
  'classification.editions': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: ClassificationEdition[];
      concepts: Concept[];
    };
  };
  'collection.ask_more': {
    params: { id: string };
    query: undefined;
    body: {
      party_ids: string[];
    };
    reply: Collection;
  };
  'collection.asked': {
    params: { id: string };
    query: { limit?: number; after?: string; state?: "waiting" | "submitted" | "returned" | "accepted"; late?: string };
    body: undefined;
    reply: {
      items: CollectionAsk[];
      next: string | null;
    };
  };
  'collection.burden': {
    params: undefined;
    query: { limit?: number; after?: string; year?: string };
    body: undefined;
    reply: {
      items: {
        collections: number;
        forms: number;
        items: number;
        reports: number;
        prefilled: number;
        minutes: number;
        reports_with_minutes: number;
        party_id: string;
        name: {
          zh: string;
          en: string;
        };
      }[];
      next: string | null;
      year: string;
      total: {
        collections: number;
        forms: number;
        items: number;
        reports: number;
        prefilled: number;
        minutes: number;
        reports_with_minutes: number;
      };
    };
  };
  'collection.close': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Collection;
  };
  'collection.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Collection;
  };
  'collection.list': {
    params: undefined;
    query: { limit?: number; after?: string; form_id?: string };
    body: undefined;
    reply: {
      items: CollectionRow[];
      next: string | null;
    };
  };
  'collection.lock': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Collection;
  };
  'collection.open': {
    params: undefined;
    query: undefined;
    body: {
      form_id: string;
      period: string;
      due_on: string;
      party_ids: string[];
    };
    reply: Collection;
  };
  'collection.remind': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      reminded: number;
      left: number;
    };
  };
  'collection.totals': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: CollectionTotals;
  };
  'collection.unlock': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: Collection;
  };
  'collection_ask.burden': {
    params: undefined;
    query: { year?: string };
    body: undefined;
    reply: Burden;
  };
  'collection_ask.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: CollectionAsk;
  };
  'collection_ask.list': {
    params: undefined;
    query: { limit?: number; after?: string; state?: "waiting" | "submitted" | "returned" | "accepted"; late?: string };
    body: undefined;
    reply: {
      items: CollectionAsk[];
      next: string | null;
    };
  };
  'company_prefix.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: CompanyPrefix[];
      next: string | null;
    };
  };
  'company_prefix.register': {
    params: undefined;
    query: undefined;
    body: {
      prefix: string;
    };
    reply: CompanyPrefix;
  };
  'consumer_page.get': {
    params: { product_id: string };
    query: undefined;
    body: undefined;
    reply: ConsumerPage;
  };
  'consumer_page.preview': {
    params: { product_id: string };
    query: { lot?: string; language?: "zh" | "en" };
    body: undefined;
    reply: unknown;
  };
  'consumer_page.save': {
    params: { product_id: string };
    query: undefined;
    body: {
      is_shared: boolean;
      parts?: ("lots" | "dates" | "origin" | "journey" | "storage" | "epcis")[];
      place_detail?: "none" | "region" | "name";
      links?: ({
        type: "pip" | "certificationInfo" | "ingredientsInfo" | "nutritionalInfo" | "allergenInfo" | "recipeInfo" | "instructions" | "consumerHandlingStorageInfo" | "safetyInfo" | "sustainabilityInfo" | "traceability" | "recallStatus" | "faqs" | "support" | "hasRetailers" | "promotion" | "review" | "socialMedia" | "masterData" | "epcis";
        href: string;
        title_zh: string;
        title_en?: string;
        language?: "zh" | "en";
        is_default?: boolean;
      })[];
    };
    reply: ConsumerPage;
  };
  'consumer_warning.list': {
    params: { product_id: string };
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: ConsumerWarning[];
      next: string | null;
    };
  };
  'consumer_warning.publish': {
    params: { product_id: string };
    query: undefined;
    body: {
      lots?: string[];
      reason_zh: string;
      reason_en?: string;
      action_zh: string;
      action_en?: string;
      contact?: string;
    };
    reply: ConsumerWarning;
  };
  'consumer_warning.withdraw': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ConsumerWarning;
  };
  'credit_note.issue': {
    params: undefined;
    query: undefined;
    body: {
      invoice_id: string;
      number?: string;
      issued_on?: string;
      reason: string;
      lines: {
        name?: string;
        order_line_no?: number;
        quantity: string;
        unit?: string;
        price: string;
        price_base_quantity?: string;
        tax_rate?: string;
        net_minor?: string;
        tax_minor?: string;
      }[];
    };
    reply: Invoice;
  };
  'despatch.document': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'despatch.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Despatch;
  };
  'despatch.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "sending" | "receiving" | "carrying"; state?: "under_way" | "received" | "lost"; sscc?: string; number?: string };
    body: undefined;
    reply: {
      items: DespatchRow[];
      next: string | null;
    };
  };
  'despatch.lose': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: Despatch;
  };
  'despatch.send': {
    params: undefined;
    query: undefined;
    body: {
      order_id: string;
      number?: string;
      carrier_id?: string;
      from_place_id?: string;
      to_place_id?: string;
      despatched_at?: string;
      expected_on: string;
      vehicle?: string;
      note?: string;
      lines: {
        order_line_no: number;
        quantity: string;
        lot?: string;
        best_before?: string;
        sscc?: string;
      }[];
    };
    reply: {
      despatch: Despatch;
      order: Order;
    };
  };
  'dispute.open': {
    params: { id: string };
    query: undefined;
    body: {
      amount_minor: string;
      reason: string;
    };
    reply: Dispute;
  };
  'dispute.withdraw': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Dispute;
  };
  'document.check': {
    params: undefined;
    query: { sheet?: "orders" | "catalogue" | "stock" };
    body: undefined;
    reply: CheckedDocument;
  };
  'document.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Document;
  };
  'document.list': {
    params: undefined;
    query: { limit?: number; after?: string; state?: "received" | "refused" | "accepted" | "applied"; kind?: "order" | "order_response" | "order_change" | "order_cancellation" | "despatch" | "receipt" | "invoice" | "credit_note" | "sheet_orders" | "sheet_catalogue" | "sheet_stock" | "kept" | "unreadable"; direction?: "sent" | "received" };
    body: undefined;
    reply: {
      items: DocumentRow[];
      next: string | null;
    };
  };
  'document.original': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'document.send': {
    params: undefined;
    query: { sheet?: "orders" | "catalogue" | "stock"; take_good_rows?: string; replaces_id?: string };
    body: undefined;
    reply: Document;
  };
  'document.template': {
    params: { kind: "orders" | "catalogue" | "stock" };
    query: { format?: "csv" | "xlsx"; language?: "zh" | "en" };
    body: undefined;
    reply: unknown;
  };
  'entry.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Entry;
  };
  'entry.list': {
    params: undefined;
    query: { limit?: number; after?: string; party_id?: string; account_code?: string; counterparty_id?: string; subject_id?: string; from?: string; to?: string };
    body: undefined;
    reply: {
      items: Entry[];
      next: string | null;
    };
  };
  'entry.post': {
    params: undefined;
    query: undefined;
    body: {
      booked_on: string;
      memo: string;
      lines: {
        account_code: string;
        currency: string;
        amount_minor: string;
      }[];
    };
    reply: Entry;
  };
  'entry.reverse': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: Entry;
  };
  'event.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: GoodsEventDetail;
  };
  'event.list': {
    params: undefined;
    query: { limit?: number; after?: string; item?: string; biz_step?: string; type?: "ObjectEvent" | "AggregationEvent" | "TransactionEvent" | "TransformationEvent" | "AssociationEvent"; at_from?: string; at_to?: string; query?: string };
    body: undefined;
    reply: {
      items: GoodsEvent[];
      next: string | null;
    };
  };
  'event_query.drop': {
    params: { name: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'event_query.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: SavedEventQuery[];
      next: string | null;
    };
  };
  'event_query.save': {
    params: undefined;
    query: undefined;
    body: {
      biz_step?: string;
      type?: "ObjectEvent" | "AggregationEvent" | "TransactionEvent" | "TransformationEvent" | "AssociationEvent";
      at_from?: string;
      at_to?: string;
      query?: string;
      name: string;
    };
    reply: SavedEventQuery;
  };
  'event_subscription.create': {
    params: undefined;
    query: undefined;
    body: {
      query_name: string;
      dest: string;
      signature_token?: string;
      schedule?: Record<string, string>;
      initial_record_time?: string;
    };
    reply: EventSubscription;
  };
  'event_subscription.drop': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'event_subscription.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: EventSubscription[];
      next: string | null;
    };
  };
  'event_subscription.renew': {
    params: { id: string };
    query: undefined;
    body: {
      from?: string;
    };
    reply: EventSubscription;
  };
  'export.get': {
    params: { kind: "orders" | "invoices" | "stock" };
    query: { format?: "csv" | "xlsx"; language?: "zh" | "en" };
    body: undefined;
    reply: unknown;
  };
  'fact.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Fact;
  };
  'fact.list': {
    params: undefined;
    query: { limit?: number; after?: string; subject?: string };
    body: undefined;
    reply: {
      items: Fact[];
      next: string | null;
    };
  };
  'fact.prove': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: FactProofs;
  };
  'file.create': {
    params: undefined;
    query: { share_with?: string };
    body: undefined;
    reply: File;
  };
  'file.erase': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'file.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: File;
  };
  'firm_profile.describe': {
    params: undefined;
    query: undefined;
    body: {
      industry_class: string;
      as_of: string;
      employees?: number | null;
      revenue_10k?: string | null;
      assets_10k?: string | null;
    };
    reply: FirmProfile;
  };
  'firm_profile.get': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      profile: FirmProfile | null;
    };
  };
  'form_draft.begin': {
    params: undefined;
    query: undefined;
    body: {
      as: "new";
    } | {
      as: "copy";
      form_id: string;
    } | {
      as: "revision";
      form_id: string;
    };
    reply: FormDraft;
  };
  'form_draft.drop': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      id: string;
    };
  };
  'form_draft.edit': {
    params: { id: string };
    query: undefined;
    body: FormDraftContent;
    reply: FormDraft;
  };
  'form_draft.finish': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Form;
  };
  'form_draft.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: FormDraft;
  };
  'form_draft.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: FormDraftRow[];
      next: string | null;
    };
  };
  'form_draft.weight': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: FormWeight;
  };
  'guard.bunching': {
    params: undefined;
    query: { collection_id: string; item: string; at: string; wanted?: "at_least" | "at_most" };
    body: undefined;
    reply: GuardBunching;
  };
  'guard.divergence': {
    params: undefined;
    query: { earlier_id: string; collection_id: string; indicator: string; outcome: string; outcome_per?: string };
    body: undefined;
    reply: GuardDivergence;
  };
  'guard.heaping': {
    params: undefined;
    query: { collection_id: string };
    body: undefined;
    reply: GuardHeaping;
  };
  'index.compare': {
    params: undefined;
    query: undefined;
    body: {
      units: string;
      framework: string;
      recipe: Record<string, unknown>;
      other: Record<string, unknown>;
    };
    reply: IndexComparison;
  };
  'index.explain': {
    params: undefined;
    query: undefined;
    body: {
      units: string;
      framework: string;
      recipe: Record<string, unknown>;
      unit: string;
      period?: string;
      element?: string;
    };
    reply: IndexExplanation;
  };
  'index.measure': {
    params: undefined;
    query: undefined;
    body: {
      units: string;
      framework: string;
      recipe: Record<string, unknown>;
    };
    reply: MeasuredIndex;
  };
  'industry_class.list': {
    params: undefined;
    query: { search?: string; under?: string; codes?: string };
    body: undefined;
    reply: {
      edition: string;
      verdict: "clear" | "several" | "none" | null;
      items: IndustryClass[];
    };
  };
  'industry_matrix.measure': {
    params: undefined;
    query: undefined;
    body: {
      table: string;
      year?: number | null;
      source: string;
      services?: string;
      repair?: string;
      manufacturing?: string;
      agriculture?: string;
    };
    reply: IndustryMatrix;
  };
  'invitation.accept': {
    params: undefined;
    query: undefined;
    body: {
      token: string;
      login: string;
      name: string;
      password: string;
      uscc?: string;
    };
    reply: Session;
  };
  'invitation.create': {
    params: undefined;
    query: undefined;
    body: {
      uscc?: string;
      gln?: string;
      name_zh: string;
      name_en?: string;
      lon?: number;
      lat?: number;
      region_code?: string;
      roles: ("core" | "supplier" | "manufacturer" | "dealer" | "shop" | "carrier" | "warehouse" | "lender" | "association" | "statistician")[];
    };
    reply: {
      id: string;
      party_id: string;
      roles: ("core" | "supplier" | "manufacturer" | "dealer" | "shop" | "carrier" | "warehouse" | "lender" | "association" | "statistician")[];
      created_at: string;
      expires_at: string;
      accepted_at: string | null;
      withdrawn_at: string | null;
      token: string;
    };
  };
  'invitation.list': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: Invitation[];
    };
  };
  'invitation.withdraw': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'invoice.document': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'invoice.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      id: string;
      kind: "invoice" | "credit_note";
      number: string;
      seller: {
        id: string;
        name: {
          zh: string;
          en: string;
        };
      };
      buyer: {
        id: string;
        name: {
          zh: string;
          en: string;
        };
      };
      order_id: string | null;
      corrects_id: string | null;
      issued_on: string;
      currency: string;
      net_minor: string;
      tax_minor: string;
      total_minor: string;
      match: "matched" | "within_tolerance" | "differs" | "unchecked";
      disputed_minor: string;
      recorded_at: string;
      lines: ({
        line_no: number;
        order_id: string | null;
        order_line_no: number | null;
        product_id: string | null;
        name: string;
        quantity: string;
        unit: string;
        price: string;
        price_base_quantity: string;
        tax_rate: string;
        tax_code: string | null;
        net_minor: string;
        tax_minor: string;
        differences: ({
          what: "quantity" | "price" | "tax_rate";
          expected: string;
          found: string;
          within: boolean;
        })[];
      })[];
      disputes: Dispute[];
    };
  };
  'invoice.issue': {
    params: undefined;
    query: undefined;
    body: {
      number?: string;
      buyer_id: string;
      order_id?: string;
      issued_on?: string;
      currency?: string;
      lines: {
        order_line_no?: number;
        name?: string;
        quantity: string;
        unit?: string;
        price?: string;
        price_base_quantity?: string;
        tax_rate?: string;
        tax_code?: string;
        net_minor?: string;
        tax_minor?: string;
      }[];
    };
    reply: Invoice;
  };
  'invoice.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "buying" | "selling"; kind?: "invoice" | "credit_note"; match?: "matched" | "within_tolerance" | "differs" | "unchecked"; partner_id?: string; number?: string };
    body: undefined;
    reply: {
      items: InvoiceRow[];
      next: string | null;
    };
  };
  'key.create': {
    params: undefined;
    query: undefined;
    body: {
      name: string;
      scopes?: string[];
      expires_at?: string;
    };
    reply: {
      id: string;
      name: string;
      prefix: string;
      scopes: string[];
      created_at: string;
      expires_at: string | null;
      used_at: string | null;
      rotated_at: string | null;
      previous_until: string | null;
      revoked_at: string | null;
      key: string;
    };
  };
  'key.list': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: ApiKey[];
    };
  };
  'key.revoke': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'key.rotate': {
    params: { id: string };
    query: undefined;
    body: {
      overlap_hours?: number;
    };
    reply: {
      id: string;
      name: string;
      prefix: string;
      scopes: string[];
      created_at: string;
      expires_at: string | null;
      used_at: string | null;
      rotated_at: string | null;
      previous_until: string | null;
      revoked_at: string | null;
      key: string;
    };
  };
  'label.pallet': {
    params: undefined;
    query: { item: string; lines?: string; gtin?: string; count?: number; lot?: string; format?: "svg" | "png" | "pdf" };
    body: undefined;
    reply: unknown;
  };
  'label.symbol': {
    params: undefined;
    query: { kind: "gs1_128" | "gs1_datamatrix" | "digital_link_qr"; item: string; format?: "svg" | "png" };
    body: undefined;
    reply: unknown;
  };
  'ledger.reconcile': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: LedgerFinding[];
    };
  };
  'loss_allowance.list': {
    params: undefined;
    query: { limit?: number; after?: string; item?: string };
    body: undefined;
    reply: {
      items: LossAllowance[];
      next: string | null;
    };
  };
  'loss_allowance.set': {
    params: undefined;
    query: undefined;
    body: {
      item: string;
      percent: string | null;
    };
    reply: {
      done: true;
    };
  };
  'message.list': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      items: OrderMessage[];
    };
  };
  'message.write': {
    params: { id: string };
    query: undefined;
    body: {
      text: string;
    };
    reply: OrderMessage;
  };
  'order.answer_counter': {
    params: { id: string };
    query: undefined;
    body: {
      lines: {
        line_no: number;
        agree: boolean;
      }[];
    };
    reply: Order;
  };
  'order.cancel': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: Order;
  };
  'order.change': {
    params: { id: string };
    query: undefined;
    body: {
      reason?: string;
      lines: ({
        change: "alter";
        line_no: number;
        quantity?: string;
        price?: string;
        requested_on?: string;
      } | {
        change: "cancel";
        line_no: number;
      } | {
        line_no?: number;
        product_id?: string;
        buyer_code?: string;
        seller_code?: string;
        gtin?: string;
        name?: string;
        quantity: string;
        unit?: string;
        price?: string;
        price_base_quantity?: string;
        tax_rate?: string;
        requested_on?: string;
        schedule?: {
          quantity: string;
          on: string;
        }[];
        change: "add";
      })[];
    };
    reply: Order;
  };
  'order.document': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'order.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Order;
  };
  'order.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "buying" | "selling"; state?: "placed" | "countered" | "confirmed" | "delivering" | "delivered" | "closed" | "refused" | "cancelled"; partner_id?: string; due_before?: string; number?: string };
    body: undefined;
    reply: {
      items: OrderRow[];
      next: string | null;
    };
  };
  'order.place': {
    params: undefined;
    query: undefined;
    body: {
      number?: string;
      seller_id: string;
      currency?: string;
      requested_on: string;
      deliver_to?: string;
      place_id?: string;
      note?: string;
      lines: {
        line_no?: number;
        product_id?: string;
        buyer_code?: string;
        seller_code?: string;
        gtin?: string;
        name?: string;
        quantity: string;
        unit?: string;
        price?: string;
        price_base_quantity?: string;
        tax_rate?: string;
        requested_on?: string;
        schedule?: {
          quantity: string;
          on: string;
        }[];
      }[];
    };
    reply: Order;
  };
  'order.respond': {
    params: { id: string };
    query: undefined;
    body: {
      lines: ({
        line_no: number;
        answer: "accept";
      } | {
        line_no: number;
        answer: "counter";
        schedule?: {
          quantity: string;
          on: string;
        }[];
        price?: string;
        reason?: string;
      } | {
        line_no: number;
        answer: "refuse";
        reason: string;
      })[];
    };
    reply: Order;
  };
  'order.response_document': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'order.view': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: OrderView;
  };
  'order.weave': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Weave;
  };
  'party.list': {
    params: undefined;
    query: { limit?: number; after?: string; role?: "core" | "supplier" | "manufacturer" | "dealer" | "shop" | "carrier" | "warehouse" | "lender" | "association" | "statistician"; search?: string };
    body: undefined;
    reply: {
      items: Party[];
      next: string | null;
    };
  };
  'payment.allocate': {
    params: { id: string };
    query: undefined;
    body: {
      allocations: ({
        receivable_id: string;
        toward?: "principal" | "interest";
        amount_minor: string;
      })[];
    };
    reply: Payment;
  };
  'payment.confirm': {
    params: { id: string };
    query: undefined;
    body: {
      allocations?: ({
        receivable_id: string;
        toward?: "principal" | "interest";
        amount_minor: string;
      })[];
    };
    reply: Payment;
  };
  'payment.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Payment;
  };
  'payment.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "payer" | "payee"; counterparty_id?: string; state?: "recorded" | "confirmed" | "refused" };
    body: undefined;
    reply: {
      items: Payment[];
      next: string | null;
    };
  };
  'payment.record': {
    params: undefined;
    query: undefined;
    body: {
      payer_id: string;
      payee_id: string;
      currency: string;
      amount_minor: string;
      paid_on: string;
      reference?: string | null;
      remittance?: ({
        receivable_id: string;
        toward?: "principal" | "interest";
        amount_minor: string;
      })[];
    };
    reply: Payment;
  };
  'payment.refuse': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: Payment;
  };
  'payment_record.get': {
    params: undefined;
    query: { buyer_id: string; from: string; to: string };
    body: undefined;
    reply: {
      items: PaymentRecord[];
    };
  };
  'person.create': {
    params: undefined;
    query: undefined;
    body: {
      login: string;
      name: string;
      password: string;
      role: "admin" | "trade" | "goods" | "finance" | "viewer";
    };
    reply: Person;
  };
  'person.end': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'person.list': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: Person[];
    };
  };
  'place.create': {
    params: undefined;
    query: undefined;
    body: {
      gln?: string;
      name_zh: string;
      name_en?: string;
      kind: "factory" | "warehouse" | "cold_store" | "shop" | "farm" | "depot";
      lon?: number;
      lat?: number;
      address?: string;
    };
    reply: Place;
  };
  'place.keep_stock': {
    params: { id: string };
    query: undefined;
    body: {
      kept_by: "platform" | "events";
      reason: string;
    };
    reply: {
      kept_by: "platform" | "events";
      since: string;
      rows: number;
    };
  };
  'place.list': {
    params: undefined;
    query: { limit?: number; after?: string; owner_id?: string };
    body: undefined;
    reply: {
      items: Place[];
      next: string | null;
    };
  };
  'price.set': {
    params: { id: string };
    query: undefined;
    body: {
      prices: {
        product_id: string;
        unit: string;
        price: string;
        tax_rate: string;
        quantity_min?: string;
        valid_from: string;
        valid_until?: string;
      }[];
    };
    reply: SupplyAgreement;
  };
  'product.change': {
    params: { id: string };
    query: undefined;
    body: {
      name_zh?: string;
      name_en?: string;
      gtin?: string;
      shelf_life_days?: number | null;
      temperature_min_c?: string | null;
      temperature_max_c?: string | null;
      tax_code?: string | null;
      industry_class?: string | null;
      units?: {
        unit: string;
        base_quantity: string;
      }[];
    };
    reply: PackedProduct;
  };
  'product.create': {
    params: undefined;
    query: undefined;
    body: {
      code: string;
      gtin?: string;
      name_zh: string;
      name_en?: string;
      unit: string;
      units?: {
        unit: string;
        base_quantity: string;
      }[];
      shelf_life_days?: number;
      temperature_min_c?: string;
      temperature_max_c?: string;
      tax_code?: string;
      industry_class?: string;
      published?: boolean;
    };
    reply: Product;
  };
  'product.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: PackedProduct;
  };
  'product.list': {
    params: undefined;
    query: { limit?: number; after?: string; owner_id?: string; search?: string };
    body: undefined;
    reply: {
      items: Product[];
      next: string | null;
    };
  };
  'product_bundle.describe': {
    params: undefined;
    query: undefined;
    body: {
      product_id: string;
      obligations: ({
        name: string;
        low: string | null;
        high: string | null;
        industry_class?: string | null;
        tax_code?: string | null;
      })[];
    };
    reply: ProductBundle;
  };
  'production.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Production;
  };
  'production.record': {
    params: undefined;
    query: undefined;
    body: {
      made_at?: string;
      order_number?: string;
      used: {
        product_id: string;
        lot?: string;
        unit: string;
        quantity: string;
      }[];
      made: ({
        product_id: string;
        lot: string;
        quantity: string;
        best_before?: string | null;
      })[];
      place_id: string;
    };
    reply: {
      event_id: string;
    };
  };
  'production.withdraw': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
      instead?: {
        made_at?: string;
        order_number?: string;
        used: {
          product_id: string;
          lot?: string;
          unit: string;
          quantity: string;
        }[];
        made: ({
          product_id: string;
          lot: string;
          quantity: string;
          best_before?: string | null;
        })[];
      };
    };
    reply: {
      event_id: string;
      instead_id: string | null;
    };
  };
  'recall.close': {
    params: { id: string };
    query: undefined;
    body: {
      outcome: string;
    };
    reply: Recall;
  };
  'recall.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Recall;
  };
  'recall.hold': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      held: {
        place_id: string;
        product_id: string;
        lot: string;
        unit: string;
        quantity: string;
      }[];
    };
  };
  'recall.lines': {
    params: { id: string };
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: RecallLine[];
      next: string | null;
    };
  };
  'recall.list': {
    params: undefined;
    query: { limit?: number; after?: string; state?: "open" | "closed" };
    body: undefined;
    reply: {
      items: RecallRow[];
      next: string | null;
    };
  };
  'recall.open': {
    params: undefined;
    query: undefined;
    body: {
      number: string;
      title: string;
      hazard: string;
      grade: 1 | 2 | 3;
      known_at: string;
      suspicion: {
        items?: ({
          item: string;
          at?: string | null;
        })[];
        visit?: {
          places: string[];
          from: string;
          to: string;
        };
        spread?: "content" | "contact";
        associations?: boolean;
        transactions?: boolean;
        nodes?: number;
        at?: string;
      };
    };
    reply: RecallOpened;
  };
  'recall.products': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      items: RecallProduct[];
    };
  };
  'recall.send': {
    params: { id: string };
    query: undefined;
    body: {
      notice_ids?: string[];
      note?: string;
      told_by?: string;
    };
    reply: {
      sent: number;
    };
  };
  'recall.sheet': {
    params: undefined;
    query: { item: string; spread?: "content" | "contact"; rule: "food_safety" | "food_traceability"; format?: "csv" | "xlsx"; language?: "zh" | "en" };
    body: undefined;
    reply: unknown;
  };
  'recall.try': {
    params: undefined;
    query: undefined;
    body: {
      items?: ({
        item: string;
        at?: string | null;
      })[];
      visit?: {
        places: string[];
        from: string;
        to: string;
      };
      spread?: "content" | "contact";
      associations?: boolean;
      transactions?: boolean;
      nodes?: number;
      at?: string;
    };
    reply: RecallList;
  };
  'recall_notice.acknowledge': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: RecallNotice;
  };
  'recall_notice.answer': {
    params: { id: string };
    query: undefined;
    body: {
      lines: {
        line_no: number;
        kept?: string;
        destroyed?: string;
        passed_on?: string;
        missing?: string;
        remark?: string;
      }[];
    };
    reply: RecallNotice;
  };
  'recall_notice.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: RecallNotice;
  };
  'recall_notice.hold': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      held: {
        place_id: string;
        product_id: string;
        lot: string;
        unit: string;
        quantity: string;
      }[];
    };
  };
  'recall_notice.lines': {
    params: { id: string };
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: RecallLine[];
      next: string | null;
    };
  };
  'recall_notice.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "received" | "sent"; state?: "open" | "answered" | "closed"; recall_id?: string };
    body: undefined;
    reply: {
      items: RecallNotice[];
      next: string | null;
    };
  };
  'receipt.document': {
    params: { id: string; receipt_id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'receipt.list': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      items: Receipt[];
    };
  };
  'receipt.record': {
    params: undefined;
    query: undefined;
    body: {
      despatch_id: string;
      number?: string;
      received_at?: string;
      note?: string;
      lines: {
        despatch_line_no: number;
        accepted: string;
        short?: string;
        damaged?: string;
        turned_away?: string;
        reason?: string;
        photo_ids?: string[];
      }[];
    };
    reply: {
      receipt: Receipt;
      despatch: Despatch;
      order: Order;
    };
  };
  'receivable.accept': {
    params: { id: string };
    query: undefined;
    body: {
      accepted_on: string;
    };
    reply: ReceivableDetail;
  };
  'receivable.accrue': {
    params: undefined;
    query: undefined;
    body: {
      as_of: string;
      receivable_id?: string;
    };
    reply: {
      items: {
        receivable_id: string;
        number: string;
        interest_minor: string;
      }[];
    };
  };
  'receivable.age': {
    params: undefined;
    query: { side?: "seller" | "buyer" };
    body: undefined;
    reply: {
      items: AgeingRow[];
    };
  };
  'receivable.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReceivableDetail;
  };
  'receivable.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "seller" | "buyer"; party_id?: string; counterparty_id?: string; state?: "open" | "disputed" | "overdue" | "settled"; due_from?: string; due_to?: string; number?: string };
    body: undefined;
    reply: {
      items: Receivable[];
      next: string | null;
    };
  };
  'release.check': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReleaseCheck;
  };
  'release.csv': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'release.draft': {
    params: undefined;
    query: undefined;
    body: {
      series: string;
      title: string;
      material: {
        kind: "collection";
        collection_id: string;
        item: string;
      } | {
        kind: "rows";
        unit: string;
        csv: string;
        codes?: string;
      };
      tables?: {
        name: string;
        dimensions: string[];
      }[];
      rules: {
        frequency?: {
          n: number;
          margin: number;
        };
        dominance?: {
          n: number;
          k: number;
        };
        p_percent?: number;
        pq?: {
          p: number;
          q: number;
        };
        zero_margin?: number;
      };
      planned_at?: string | null;
    };
    reply: Release;
  };
  'release.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Release;
  };
  'release.list': {
    params: undefined;
    query: { limit?: number; after?: string; series?: string; show?: "all" | "published" | "waiting" | "due" };
    body: undefined;
    reply: {
      items: ReleaseRow[];
      next: string | null;
    };
  };
  'release.own_place': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: OwnPlace;
  };
  'release.parquet': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'release.plan': {
    params: { id: string };
    query: undefined;
    body: {
      planned_at: string;
    };
    reply: Release;
  };
  'release.preview': {
    params: undefined;
    query: undefined;
    body: {
      series: string;
      title: string;
      material: {
        kind: "collection";
        collection_id: string;
        item: string;
      } | {
        kind: "rows";
        unit: string;
        csv: string;
        codes?: string;
      };
      tables?: {
        name: string;
        dimensions: string[];
      }[];
      rules: {
        frequency?: {
          n: number;
          margin: number;
        };
        dominance?: {
          n: number;
          k: number;
        };
        p_percent?: number;
        pq?: {
          p: number;
          q: number;
        };
        zero_margin?: number;
      };
      planned_at?: string | null;
    };
    reply: ReleasePreview;
  };
  'release.publish': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Release;
  };
  'release.revise': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
      title?: string;
      rows?: {
        csv: string;
        codes?: string;
      };
      tables?: {
        name: string;
        dimensions: string[];
      }[];
      rules?: {
        frequency?: {
          n: number;
          margin: number;
        };
        dominance?: {
          n: number;
          k: number;
        };
        p_percent?: number;
        pq?: {
          p: number;
          q: number;
        };
        zero_margin?: number;
      };
      planned_at?: string | null;
    };
    reply: Release;
  };
  'release.revisions': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReleaseRevisions;
  };
  'release.sdmx': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'release.verify': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReleaseVerification;
  };
  'release.withdraw': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: Release;
  };
  'release.xlsx': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: unknown;
  };
  'report.accept': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: StatisticalReport;
  };
  'report.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: StatisticalReport;
  };
  'report.list': {
    params: { id: string };
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: StatisticalReport[];
      next: string | null;
    };
  };
  'report.return': {
    params: { id: string };
    query: undefined;
    body: {
      reason: string;
    };
    reply: StatisticalReport;
  };
  'report_draft.check': {
    params: { id: string };
    query: undefined;
    body: {
      decision: "pass" | "hand_back";
    };
    reply: ReportDraft;
  };
  'report_draft.edit': {
    params: { id: string };
    query: undefined;
    body: {
      answers: Record<string, string | {
        low: string;
        high: string;
      }>;
      notes?: Record<string, string>;
      minutes?: number | null;
    };
    reply: ReportDraft;
  };
  'report_draft.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReportDraft;
  };
  'report_draft.import': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReportDraft;
  };
  'report_draft.sheet': {
    params: { id: string };
    query: { format?: "csv" | "xlsx"; language?: "zh" | "en" };
    body: undefined;
    reply: unknown;
  };
  'report_draft.start': {
    params: { id: string };
    query: undefined;
    body: {
      reason?: string;
    };
    reply: ReportDraft;
  };
  'report_draft.submit': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: ReportDraft;
  };
  'return.send': {
    params: undefined;
    query: undefined;
    body: {
      order_id: string;
      reason: string;
      lines: {
        order_line_no: number;
        quantity: string;
        lot?: string;
      }[];
    };
    reply: {
      note: ReturnNote;
      order: Order;
    };
  };
  'revenue_split.get': {
    params: undefined;
    query: { from?: string; to?: string; rule?: "third-sector" | "third-sector-without-trade" | "section-letter"; threshold?: string };
    body: undefined;
    reply: RevenueSplit;
  };
  'revenue_split.lines': {
    params: undefined;
    query: { from?: string; to?: string; rule?: "third-sector" | "third-sector-without-trade" | "section-letter"; threshold?: string; limit?: number; after?: string };
    body: undefined;
    reply: {
      items: RevenueEvidence[];
      next: string | null;
    };
  };
  'revenue_split.queue': {
    params: undefined;
    query: { from?: string; to?: string };
    body: undefined;
    reply: {
      items: Unclassified[];
    };
  };
  'rights_request.answer': {
    params: { id: string };
    query: undefined;
    body: {
      accept: boolean;
      answer?: string;
      corrected_by?: string;
      share_until?: string;
    };
    reply: RightsRequest;
  };
  'rights_request.ask': {
    params: undefined;
    query: undefined;
    body: {
      kind: "consent";
      holder_id: string;
      scope: "orders" | "shipments" | "stock" | "invoices" | "ledger" | "readings";
      statement: string;
      share_until?: string;
    } | {
      kind: "correction";
      fact_id: string;
      statement: string;
    } | {
      kind: "explanation";
      fact_id: string;
      statement: string;
    } | {
      kind: "deletion";
      file_id: string;
      statement: string;
    };
    reply: RightsRequest;
  };
  'rights_request.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: RightsRequest;
  };
  'rights_request.list': {
    params: undefined;
    query: { limit?: number; after?: string; side?: "received" | "asked"; kind?: "consent" | "correction" | "explanation" | "deletion"; state?: "open" | "accepted" | "refused" | "withdrawn" | "lapsed" };
    body: undefined;
    reply: {
      items: RightsRequest[];
      next: string | null;
    };
  };
  'rights_request.note': {
    params: { id: string };
    query: undefined;
    body: {
      note: string;
    };
    reply: RightsRequest;
  };
  'rights_request.withdraw': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: RightsRequest;
  };
  'sale_decision.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: SaleDecision[];
      next: string | null;
    };
  };
  'sale_decision.set': {
    params: undefined;
    query: undefined;
    body: {
      name: string;
      product_id?: string | null;
      industry_class?: string | null;
      tax_code?: string | null;
      class: string;
      reason: string;
    };
    reply: SaleDecision;
  };
  'seal.consistency': {
    params: undefined;
    query: { from: number; to?: number };
    body: undefined;
    reply: SealConsistency;
  };
  'seal.facts': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: FactProofs;
  };
  'seal.get': {
    params: { size: number };
    query: undefined;
    body: undefined;
    reply: Seal;
  };
  'seal.key': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: SealKey;
  };
  'seal.latest': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Seal;
  };
  'security_event.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: SecurityEvent[];
      next: string | null;
    };
  };
  'session.ask_passkey': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Record<string, unknown>;
  };
  'session.ask_second_passkey': {
    params: undefined;
    query: undefined;
    body: {
      ticket: string;
    };
    reply: Record<string, unknown>;
  };
  'session.by_passkey': {
    params: undefined;
    query: undefined;
    body: {
      response: {
        id: string;
        rawId: string;
        type: "public-key";
        response: Record<string, unknown>;
        clientExtensionResults?: Record<string, unknown>;
      };
    };
    reply: Session;
  };
  'session.by_provider': {
    params: undefined;
    query: undefined;
    body: {
      ticket: string;
      answer: string;
    };
    reply: Session | SecondStep | {
      linked: IdentityLink;
    };
  };
  'session.create': {
    params: undefined;
    query: undefined;
    body: {
      login: string;
      password: string;
    };
    reply: Session | SecondStep;
  };
  'session.end': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'session.get': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Session;
  };
  'session.providers': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: IdentityProvider[];
    };
  };
  'session.second_step': {
    params: undefined;
    query: undefined;
    body: {
      ticket: string;
      shown: {
        code: string;
      } | {
        recovery_code: string;
      } | {
        passkey: {
          id: string;
          rawId: string;
          type: "public-key";
          response: Record<string, unknown>;
          clientExtensionResults?: Record<string, unknown>;
        };
      };
    };
    reply: Session;
  };
  'session.switch': {
    params: undefined;
    query: undefined;
    body: {
      chain_id: string;
      party_id: string;
    };
    reply: Session;
  };
  'session.visit_provider': {
    params: undefined;
    query: undefined;
    body: {
      provider: string;
    };
    reply: ProviderVisit;
  };
  'session.way_to_provider': {
    params: undefined;
    query: undefined;
    body: ProviderVisit;
    reply: {
      url: string;
    };
  };
  'sharing.access_log': {
    params: undefined;
    query: { limit?: number; after?: string; reader_id?: string };
    body: undefined;
    reply: {
      items: SharedAccess[];
      next: string | null;
    };
  };
  'sharing.create': {
    params: undefined;
    query: undefined;
    body: {
      reader_id: string;
      scope: "orders" | "shipments" | "stock" | "invoices" | "ledger" | "readings";
      purpose: string;
      valid_until?: string;
    };
    reply: SharingAgreement;
  };
  'sharing.end': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'sharing.list': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: SharingAgreement[];
    };
  };
  'sign_in_policy.colleagues': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      items: ColleagueGuard[];
    };
  };
  'sign_in_policy.get': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: SignInPolicy;
  };
  'sign_in_policy.set': {
    params: undefined;
    query: undefined;
    body: {
      factor_required: boolean;
      factor_from?: string;
    };
    reply: SignInPolicy;
  };
  'statement.import': {
    params: undefined;
    query: { currency?: string; take_good?: string };
    body: undefined;
    reply: {
      statement_id: string;
      taken: number;
      known: number;
      unread: number;
    };
  };
  'statement_line.accept': {
    params: { id: string };
    query: undefined;
    body: {
      payment_id: string;
    } | {
      counterparty_id: string;
      allocations: ({
        receivable_id: string;
        toward?: "principal" | "interest";
        amount_minor: string;
      })[];
    };
    reply: Payment;
  };
  'statement_line.list': {
    params: undefined;
    query: { limit?: number; after?: string; waiting?: string };
    body: undefined;
    reply: {
      items: StatementLine[];
      next: string | null;
    };
  };
  'statement_line.match': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: MatchProposal[];
      next: string | null;
    };
  };
  'statement_line.set_aside': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      id: string;
    };
  };
  'statistical_form.check': {
    params: undefined;
    query: undefined;
    body: {
      content: FormDraftContent;
      answers?: Record<string, string | {
        low: string;
        high: string;
      }>;
      before?: Record<string, string | {
        low: string;
        high: string;
      }> | null;
    };
    reply: FormCheck;
  };
  'statistical_form.define': {
    params: undefined;
    query: undefined;
    body: {
      name: {
        zh: string;
        en: string;
      };
      levels?: 1 | 2;
      asks_per_year?: number;
      approval?: {
        table_number: string;
        issued_by: string;
        approval_number: string;
        valid_until: string;
      } | null;
      items: ({
        code: string;
        name: {
          zh: string;
          en: string;
        };
        kind: "amount" | "quantity" | "count" | "percent" | "text" | "choice";
        unit?: string | null;
        choices?: {
          code: string;
          name: {
            zh: string;
            en: string;
          };
        }[];
        is_required?: boolean;
        takes_interval?: boolean;
        source?: {
          table: string;
          item: string;
        } | null;
        prefill?: {
          field: "revenue" | "service_revenue" | "service_share";
          rule?: "third-sector" | "third-sector-without-trade" | "section-letter";
        } | null;
      })[];
      rules?: ({
        id: string;
        level: "hard" | "soft";
        expression: string;
        explanation: {
          zh: string;
          en: string;
        };
      })[];
      code: string;
      period_kind: "month" | "quarter" | "year";
    };
    reply: Form;
  };
  'statistical_form.get': {
    params: { id: string };
    query: { version?: number };
    body: undefined;
    reply: Form;
  };
  'statistical_form.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: FormRow[];
      next: string | null;
    };
  };
  'statistical_form.prefills': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Prefills;
  };
  'statistical_form.revise': {
    params: { id: string };
    query: undefined;
    body: {
      name: {
        zh: string;
        en: string;
      };
      levels?: 1 | 2;
      asks_per_year?: number;
      approval?: {
        table_number: string;
        issued_by: string;
        approval_number: string;
        valid_until: string;
      } | null;
      items: ({
        code: string;
        name: {
          zh: string;
          en: string;
        };
        kind: "amount" | "quantity" | "count" | "percent" | "text" | "choice";
        unit?: string | null;
        choices?: {
          code: string;
          name: {
            zh: string;
            en: string;
          };
        }[];
        is_required?: boolean;
        takes_interval?: boolean;
        source?: {
          table: string;
          item: string;
        } | null;
        prefill?: {
          field: "revenue" | "service_revenue" | "service_share";
          rule?: "third-sector" | "third-sector-without-trade" | "section-letter";
        } | null;
      })[];
      rules?: ({
        id: string;
        level: "hard" | "soft";
        expression: string;
        explanation: {
          zh: string;
          en: string;
        };
      })[];
    };
    reply: Form;
  };
  'statistical_form.weight': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: FormWeight;
  };
  'stock.count': {
    params: undefined;
    query: undefined;
    body: {
      place_id: string;
      reason: string;
      lines: ({
        product_id: string;
        product_name: string;
        lot?: string;
        disposition?: "sellable_accessible" | "damaged" | "non_sellable_other" | "returned" | "in_transit" | "recalled";
        unit: string;
        best_before?: string;
        counted: string;
      })[];
    };
    reply: {
      event_id: string;
      changed: number;
    };
  };
  'stock.list': {
    params: undefined;
    query: { limit?: number; after?: string; owner_id?: string; place_id?: string; product_id?: string; disposition?: "sellable_accessible" | "damaged" | "non_sellable_other" | "returned" | "in_transit" | "recalled"; best_before?: string };
    body: undefined;
    reply: {
      items: StockRow[];
      next: string | null;
    };
  };
  'stock.partings': {
    params: undefined;
    query: { place_id: string; product_id: string; lot?: string; disposition?: "sellable_accessible" | "damaged" | "non_sellable_other" | "returned" | "in_transit" | "recalled"; unit: string };
    body: undefined;
    reply: StockPartings;
  };
  'stock.pick': {
    params: undefined;
    query: { place_id: string; product_id: string; unit: string; quantity: string; days_left_min?: number };
    body: undefined;
    reply: Picking;
  };
  'stock.reconcile': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      differences: {
        place_id: string;
        product_id: string;
        lot: string;
        disposition: string;
        unit: string;
        stored: string;
        from_events: string;
      }[];
    };
  };
  'stock.settle_held': {
    params: undefined;
    query: undefined;
    body: {
      place_id: string;
      outcome: "released" | "destroyed";
      reason: string;
      lines: {
        product_id: string;
        lot: string;
        unit: string;
        quantity: string;
      }[];
    };
    reply: {
      event_id: string;
    };
  };
  'stock.thread': {
    params: undefined;
    query: { limit?: number; after?: string; place_id: string; product_id: string; lot?: string; disposition?: "sellable_accessible" | "damaged" | "non_sellable_other" | "returned" | "in_transit" | "recalled"; unit: string };
    body: undefined;
    reply: {
      items: ThreadEntry[];
      next: string | null;
    };
  };
  'stock.unknown_list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: UnknownName[];
      next: string | null;
    };
  };
  'stock_name.match': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: {
      found: number;
      settled: number;
    };
  };
  'stock_name.say': {
    params: undefined;
    query: undefined;
    body: {
      name: string;
      product_id: string | null;
    };
    reply: {
      settled: number;
    };
  };
  'thing.get': {
    params: undefined;
    query: { item: string; at?: string; known_at?: string };
    body: undefined;
    reply: Thing;
  };
  'today.get': {
    params: undefined;
    query: undefined;
    body: undefined;
    reply: Today;
  };
  'trace.extent': {
    params: undefined;
    query: undefined;
    body: {
      items: ({
        item: string;
        at?: string | null;
      })[];
      spread?: "content" | "contact";
      associations?: boolean;
    };
    reply: ExtentAnswer;
  };
  'trace.extent_sheet': {
    params: undefined;
    query: { item: string; spread?: "content" | "contact"; associations?: "true" | "false"; language?: "zh" | "en" };
    body: undefined;
    reply: unknown;
  };
  'trace.run': {
    params: undefined;
    query: undefined;
    body: {
      direction: "forward" | "backward";
      items?: ({
        item: string;
        at?: string | null;
      })[];
      visit?: {
        places: string[];
        from: string;
        to: string;
      };
      go_on?: ({
        item: string;
        reached: {
          own?: number | null;
          held: ({
            from: number | null;
            to: number | null;
          })[];
        };
      })[];
      known_at?: string | null;
      spread?: "content" | "contact";
      associations?: boolean;
      transactions?: boolean;
      nodes?: number;
      quantity?: {
        value: string | null;
        unit: string;
      };
      loss_percent?: string;
    };
    reply: TraceAnswer;
  };
  'webhook.change': {
    params: { id: string };
    query: undefined;
    body: {
      url?: string;
      description?: string;
      kinds?: string[];
      state?: "active" | "paused";
    };
    reply: Webhook;
  };
  'webhook.create': {
    params: undefined;
    query: undefined;
    body: {
      url: string;
      description: string;
      kinds?: string[];
    };
    reply: {
      id: string;
      url: string;
      description: string;
      kinds: string[];
      state: "active" | "paused" | "off";
      off_reason: "gone" | "failing" | "left" | null;
      position: number;
      failing_since: string | null;
      rotated_at: string | null;
      previous_until: string | null;
      created_at: string;
      secret: string;
    };
  };
  'webhook.get': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: Webhook;
  };
  'webhook.list': {
    params: undefined;
    query: { limit?: number; after?: string };
    body: undefined;
    reply: {
      items: Webhook[];
      next: string | null;
    };
  };
  'webhook.ping': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: WebhookMessage;
  };
  'webhook.remove': {
    params: { id: string };
    query: undefined;
    body: undefined;
    reply: {
      done: true;
    };
  };
  'webhook.replay': {
    params: { id: string };
    query: undefined;
    body: {
      from_fact_id?: string;
      from_position?: number;
    };
    reply: Webhook;
  };
  'webhook.rotate': {
    params: { id: string };
    query: undefined;
    body: {
      overlap_hours?: number;
    };
    reply: {
      id: string;
      url: string;
      description: string;
      kinds: string[];
      state: "active" | "paused" | "off";
      off_reason: "gone" | "failing" | "left" | null;
      position: number;
      failing_since: string | null;
      rotated_at: string | null;
      previous_until: string | null;
      created_at: string;
      secret: string;
    };
  };
  'webhook_message.list': {
    params: { id: string };
    query: { limit?: number; after?: string; state?: "waiting" | "delivered" | "dead" | "withheld" };
    body: undefined;
    reply: {
      items: WebhookMessage[];
      next: string | null;
    };
  };
  'webhook_message.resend': {
    params: { id: string; message_id: string };
    query: undefined;
    body: undefined;
    reply: WebhookMessage;
  };
  'webhook_message.set_aside': {
    params: { id: string; message_id: string };
    query: undefined;
    body: undefined;
    reply: WebhookMessage;
  };
};
