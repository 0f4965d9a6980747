import type { BytesReply } from '../../kernel/index.ts';
import type { TradeDocument } from './trade/document.ts';
import { writeTradeDocument } from './ubl/out/document.ts';
import { validate } from './ubl/validate.ts';
import { writeXml } from './ubl/write-xml.ts';

/**
 * A document that was made here, as UBL for the partner's system: Peppol BIS 3 when it says all
 * that Peppol demands, otherwise plain UBL 2.1, which demands less.
 */
export function ublOf(document: TradeDocument): BytesReply {
  const peppol = writeTradeDocument(document, 'peppol');
  const isWhole = validate(peppol).errors.length === 0;
  const root = isWhole ? peppol : writeTradeDocument(document, 'ubl');
  return {
    bytes: new TextEncoder().encode(writeXml(root)),
    media_type: 'application/xml; charset=utf-8',
    file_name: `${document.number}.xml`,
  };
}
