import { writeXmlTree, type XmlElement } from '../../../kernel/index.ts';
import { ublNames } from './names.ts';

/** The document as XML text, UTF-8 when encoded, with the prefixes that UBL is written with. */
export function writeXml(root: XmlElement): string {
  return writeXmlTree(root, ublNames);
}
