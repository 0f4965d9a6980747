import { gs1CheckDigit, hasGs1CheckDigit } from './gs1.ts';
import { accepted, type Parsed, refused } from './parsed.ts';

/** Serial Shipping Container Code: 18 digits, also as scanned with its identifier 00 or (00). */
export function parseSscc(text: string): Parsed<string> {
  const typed = text.replace(/[\s-]/g, '').replace(/^\(00\)/, '');
  const sscc = typed.length === 20 && typed.startsWith('00') ? typed.slice(2) : typed;
  if (!/^[0-9]{18}$/.test(sscc)) {
    return refused('物流单元代码(SSCC)应为18位数字。', 'An SSCC has 18 digits.');
  }
  if (!hasGs1CheckDigit(sscc)) {
    return refused(
      '物流单元代码(SSCC)的校验位不符。',
      'The check digit of the SSCC does not match.',
    );
  }
  return accepted(sscc);
}

/**
 * The code of the next handling unit: extension digit, company prefix (4 to 12 digits), a serial
 * that the company counts up, check digit. RangeError once the serials under a prefix are used up:
 * a code must not come back within a year (GS1 General Specifications, 4.3.3).
 */
export function nextSscc(companyPrefix: string, serial: bigint, extension = 0): string {
  if (!/^[0-9]{4,12}$/.test(companyPrefix)) {
    throw new RangeError('a GS1 company prefix has 4 to 12 digits');
  }
  if (!Number.isInteger(extension) || extension < 0 || extension > 9) {
    throw new RangeError('the extension is one digit');
  }
  const width = 16 - companyPrefix.length;
  if (serial < 0n || serial >= 10n ** BigInt(width)) {
    throw new RangeError(`the serial must fit ${width} digits`);
  }
  const digits = `${extension}${companyPrefix}${serial.toString().padStart(width, '0')}`;
  return digits + gs1CheckDigit(digits);
}
