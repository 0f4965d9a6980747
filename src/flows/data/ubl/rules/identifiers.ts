import { gs1CheckDigit } from '../../../../kernel/index.ts';
import { all, attribute, everyElement, text, type XmlElement } from '../tree.ts';
import { everywhere } from './amounts.ts';
import { fatal, type Rule, type Rulebook, warning } from './rule.ts';

/** Rules on identifiers, dates and the document itself that hold for every Peppol transaction. */

/** Weighted sum of digits; the algorithms below are those of the national registers. */
function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((total, weight, at) => total + weight * Number(digits.charAt(at)), 0);
}

/** Norway's organisation number: weights 3 2 7 6 5 4 3 2, modulus 11. */
function isNorwegian(id: string): boolean {
  if (!/^\d{9}$/.test(id)) return false;
  const rest = (11 - (weighted(id, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return rest < 10 && rest === Number(id.charAt(8));
}

/** Belgium's enterprise number: the last two digits are 97 minus the rest by 97. */
function isBelgian(id: string): boolean {
  return /^\d{10}$/.test(id) && 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8));
}

/** Luhn's sum, used by Sweden's organisation number and Italy's partita IVA. */
function isLuhn(digits: string): boolean {
  let total = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const doubled = (digits.length - at) % 2 === 0;
    const value = Number(digits.charAt(at)) * (doubled ? 2 : 1);
    total += value > 9 ? value - 9 : value;
  }
  return total % 10 === 0;
}

/** Australia's business number: one less in front, ten weights, modulus 89. */
function isAustralian(id: string): boolean {
  if (!/^\d{11}$/.test(id)) return false;
  const lead = String(Number(id.charAt(0)) - 1);
  if (lead === '-1') return false;
  return weighted(lead + id.slice(1), [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) % 89 === 0;
}

/** A firm's eleven digits, or the sixteen characters of a person. */
function isItalianTaxCode(id: string): boolean {
  return /^(\d{11}|[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z])$/i.test(id);
}

/** The country's letters and eleven digits that add up. */
function isItalianVat(id: string): boolean {
  return /^IT\d{11}$/i.test(id) && isLuhn(id.slice(2));
}

/** The identifiers of parties: codes of items and places may use a scheme more freely. */
function partyIdentifiers(root: XmlElement): XmlElement[] {
  const ids = everywhere(root, 'cac:PartyIdentification').flatMap((each) => all(each, 'cbc:ID'));
  return [...ids, ...everywhere(root, 'cbc:EndpointID', 'cbc:CompanyID')];
}

/** Identifiers under one ISO 6523 scheme that do not have the form of the scheme. */
function misformed(scheme: string, isRight: (id: string) => boolean): Rule['check'] {
  return (root: XmlElement) =>
    partyIdentifiers(root).filter(
      (id) => attribute(id, 'schemeID') === scheme && !isRight(text(id) ?? ''),
    );
}

/** The attribute of XML Schema by its namespace, whatever its prefix. */
const LOCATION = '{http://www.w3.org/2001/XMLSchema-instance}schemaLocation';

export const COMMON_RULES: Rulebook = {
  'PEPPOL-COMMON-R003': warning(
    '单据里不应写模式文件位置(schemaLocation)。',
    'A document should not say where its schema lies.',
    (root) => (attribute(root, LOCATION) === undefined ? [] : [root]),
  ),
  'PEPPOL-COMMON-R030': fatal('日期应写成 YYYY-MM-DD。', 'A date is YYYY-MM-DD.', (root) =>
    [...everyElement(root)].filter(
      (element) =>
        /^cbc:.*Date$/.test(element.name) && !/^\d{4}-\d{2}-\d{2}$/.test(text(element) ?? ''),
    ),
  ),
  'PEPPOL-COMMON-R040': fatal(
    '全球位置码(GLN)应全为数字且校验位正确。',
    'A GLN consists of digits, the last one a right check digit.',
    // The published rule asks for the check digit, not for the length; so do its own examples.
    misformed(
      '0088',
      (id) => /^\d{2,30}$/.test(id) && gs1CheckDigit(id.slice(0, -1)) === id.slice(-1),
    ),
  ),
  'PEPPOL-COMMON-R041': fatal(
    '挪威机构号不正确。',
    'The Norwegian organisation number is not right.',
    misformed('0192', isNorwegian),
  ),
  'PEPPOL-COMMON-R043': fatal(
    '比利时企业号不正确。',
    'The Belgian enterprise number is not right.',
    misformed('0208', isBelgian),
  ),
  'PEPPOL-COMMON-R044': warning(
    '意大利 IPA 代码应为6位字母或数字。',
    'An Italian IPA code has six letters or digits.',
    misformed('0201', (id) => /^[A-Z0-9]{6}$/i.test(id)),
  ),
  'PEPPOL-COMMON-R045': warning(
    '意大利税号(0210)格式不正确。',
    'The Italian tax code (0210) has another form.',
    misformed('0210', isItalianTaxCode),
  ),
  'PEPPOL-COMMON-R046': warning(
    '意大利税号(9907)格式不正确。',
    'The Italian tax code (9907) has another form.',
    misformed('9907', isItalianTaxCode),
  ),
  'PEPPOL-COMMON-R047': warning(
    '意大利增值税号(0211)不正确。',
    'The Italian VAT number (0211) is not right.',
    misformed('0211', isItalianVat),
  ),
  'PEPPOL-COMMON-R048': warning(
    '意大利增值税号(9906)不正确。',
    'The Italian VAT number (9906) is not right.',
    misformed('9906', isItalianVat),
  ),
  'PEPPOL-COMMON-R049': fatal(
    '瑞典机构号应为10位数字且校验位正确。',
    'A Swedish organisation number has ten digits and a right check digit.',
    misformed('0007', (id) => /^\d{10}$/.test(id) && isLuhn(id)),
  ),
  'PEPPOL-COMMON-R050': fatal(
    '澳大利亚商业号(ABN)不正确。',
    'The Australian Business Number is not right.',
    misformed('0151', isAustralian),
  ),
};
