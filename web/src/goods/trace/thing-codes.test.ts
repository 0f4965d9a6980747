import { describe, expect, it } from 'vitest';
import { itemOf, nameInUri } from './thing-codes.ts';

const gtin = 'https://id.gs1.org/01/06901234000016';

describe('what people scan and type', () => {
  it.each([
    ['6901234000016', gtin],
    ['(01)06901234000016', gtin],
    ['(01)06901234000016(10)L 1', `${gtin}/10/L1`],
    ['(01) 06901234000016 (21)A/7', `${gtin}/21/A%2F7`],
    ['010690123400001610L1', `${gtin}/10/L1`],
    ['069012340000000016', 'https://id.gs1.org/00/069012340000000016'],
    [']C100069012340000000016', 'https://id.gs1.org/00/069012340000000016'],
    ['urn:epc:id:sgtin:6901234.000001.1', 'urn:epc:id:sgtin:6901234.000001.1'],
    [' https://shop.example/01/06901234000016 ', 'https://shop.example/01/06901234000016'],
    ['水饺', undefined],
    ['', undefined],
  ])('%s', (typed, item) => expect(itemOf(typed)).toBe(item));

  it('is read back as what is printed on the box', () => {
    expect(nameInUri(`${gtin}/10/L1`)).toMatchObject({ gtin: '06901234000016', lot: 'L1' });
    expect(nameInUri(`${gtin}/21/A%2F7`)).toMatchObject({ serial: 'A/7' });
    expect(nameInUri('https://id.gs1.org/414/6901234000009/254/dock')).toMatchObject({
      gln: '6901234000009',
    });
    const id = '019cac0f-2680-7001-8c59-aa8c1874d21c';
    expect(nameInUri(`urn:uuid:${id}?lot=L%201`)).toMatchObject({ uuid: id, lot: 'L 1' });
  });
});
