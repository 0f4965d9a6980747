import { readXmlTree, type XmlOutcome } from '../../../kernel/index.ts';
import { ublNames } from './names.ts';

export { XML_LIMITS } from '../../../kernel/index.ts';

/** Reads a document that nobody has looked at, with the names of UBL. No DOCTYPE is taken. */
export function readXml(bytes: Uint8Array): XmlOutcome {
  return readXmlTree(bytes, ublNames);
}
