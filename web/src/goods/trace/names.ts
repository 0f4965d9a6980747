import { useMemo } from 'react';
import { useApi } from '../../kernel/api/use-api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { nameOf, useParties } from '../../kernel/parties.ts';
import { useTraceTexts } from './texts.ts';
import { nameInUri } from './thing-codes.ts';

const MOST = 200;

/** Names of places, parties and things for the URIs that events carry. */
export type Names = {
  place: (uri: string | null) => string;
  party: (uri: string | null) => string;
  thing: (uri: string) => string;
};

/** What is known by name is called by it; anything else by its number, and never by nothing. */
export function useNames(): Names {
  const t = useTraceTexts();
  const read = useBilingual();
  const parties = useParties();
  const places = useApi('place.list', { query: { limit: MOST } });
  const products = useApi('product.list', { query: { limit: MOST } });
  return useMemo(() => {
    const party = (uri: string | null): string => {
      if (uri === null) return '–';
      const { gln, uuid } = nameInUri(uri);
      const found = parties.find((one) => one.id === uuid || (gln !== null && one.gln === gln));
      return found ? read(nameOf(found)) : (gln ?? uri);
    };
    const place = (uri: string | null): string => {
      if (uri === null) return '–';
      const { gln, uuid } = nameInUri(uri);
      const found = places.data?.items.find(
        (one) => one.id === uuid || (gln !== null && one.gln === gln),
      );
      const hall = /\/254\/([^/]+)$/.exec(uri)?.[1];
      const name = found ? read(nameOf(found)) : party(uri);
      return hall ? `${name} · ${hall}` : name;
    };
    const thing = (uri: string): string => {
      const { gtin, lot, serial, sscc, uuid } = nameInUri(uri);
      if (sscc !== null) return t('pallet_name', { sscc });
      const product = products.data?.items.find(
        (one) => one.id === uuid || (gtin !== null && one.gtin?.padStart(14, '0') === gtin),
      );
      const named = product ? read({ zh: product.name_zh, en: product.name_en }) : (gtin ?? null);
      if (named === null) return uuid !== null && lot === null ? t('unnamed') : (lot ?? uri);
      if (serial !== null) return t('serial_name', { product: named, serial });
      return lot === null ? named : t('lot_name', { product: named, lot });
    };
    return { place, party, thing };
  }, [parties, places.data, products.data, read, t]);
}
