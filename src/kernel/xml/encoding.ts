import type { Problem } from '../problem.ts';

/**
 * From bytes to text, the way XML 1.0 appendix F tells an encoding: a byte order mark first, then
 * the pattern of the first bytes, then the declaration. A declaration that contradicts the bytes is
 * refused rather than guessed at: a wrongly decoded amount is worse than a returned document.
 */

/** Declared name (lower case) to the label of the decoder. Others are refused by name. */
const DECODERS: Record<string, string> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  'latin-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  'iso-8859-15': 'iso-8859-15',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  big5: 'big5',
};

/** The encoding in an XML declaration; bounded, so that a long head costs nothing. */
const DECLARATION = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/;

type Detected = { label: string; certain: boolean; skip: number };

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
  return head.every((value, index) => bytes[index] === value);
}

/** What the first bytes say; `certain` when a declaration may not say otherwise. */
function detect(bytes: Uint8Array): Detected | 'utf-32' {
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) return 'utf-32';
  if (startsWith(bytes, 0x3c, 0, 0, 0) || startsWith(bytes, 0, 0, 0, 0x3c)) return 'utf-32';
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return { label: 'utf-8', certain: true, skip: 3 };
  if (startsWith(bytes, 0xff, 0xfe)) return { label: 'utf-16le', certain: true, skip: 2 };
  if (startsWith(bytes, 0xfe, 0xff)) return { label: 'utf-16be', certain: true, skip: 2 };
  if (startsWith(bytes, 0x3c, 0)) return { label: 'utf-16le', certain: true, skip: 0 };
  if (startsWith(bytes, 0, 0x3c)) return { label: 'utf-16be', certain: true, skip: 0 };
  return { label: 'utf-8', certain: false, skip: 0 };
}

/** Text, or undefined when a byte does not belong: nothing is replaced by a question mark. */
function decodeWith(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuse(rule: string, zh: string, en: string): { problem: Problem } {
  return { problem: { rule, path: '/', zh, en } };
}

/** Whether the declaration names another encoding than the bytes are in (XML 1.0, 4.3.3). */
function contradicts(declared: string, detected: Detected): boolean {
  if (!detected.certain) return declared.startsWith('utf-16');
  if (declared === 'utf-16') return !detected.label.startsWith('utf-16');
  return declared !== detected.label;
}

/** The text of an XML document, without its byte order mark. */
export function decodeXml(bytes: Uint8Array): { text: string } | { problem: Problem } {
  const detected = detect(bytes);
  if (detected === 'utf-32') {
    return refuse(
      'XML-ENCODING',
      '不支持 UTF-32 编码，请改用 UTF-8。',
      'UTF-32 is not supported: use UTF-8.',
    );
  }
  const body = bytes.subarray(detected.skip);
  // latin1 keeps each byte one character, so the ASCII declaration can be read before decoding.
  const head = detected.label.startsWith('utf-16')
    ? (decodeWith(detected.label, body.subarray(0, 512 - (512 % 2))) ?? '')
    : new TextDecoder('latin1').decode(body.subarray(0, 512));
  const name = DECLARATION.exec(head)?.[1];
  const declared = name === undefined ? detected.label : DECODERS[name.toLowerCase()];
  if (declared === undefined) {
    return refuse(
      'XML-ENCODING',
      `不支持声明的编码 ${name}，请改用 UTF-8。`,
      `The declared encoding ${name} is not supported: use UTF-8.`,
    );
  }
  if (name !== undefined && contradicts(declared, detected)) {
    return refuse(
      'XML-ENCODING',
      `文件声明的编码是 ${name}，但字节不是这种编码。`,
      `The document declares the encoding ${name}, but its bytes are not in it.`,
    );
  }
  const label = detected.certain ? detected.label : declared;
  const text = decodeWith(label, body);
  if (text !== undefined) return { text };
  return refuse(
    'XML-ENCODING',
    `文件的字节不是有效的 ${label} 编码。`,
    `The bytes of the document are not valid ${label}.`,
  );
}
