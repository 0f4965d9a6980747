import { all, attribute, first, text, type XmlElement } from '../tree.ts';
import { fatal, type Rulebook, unless, warning } from './rule.ts';

/** InvoiceResponse (T111, an ApplicationResponse of UBL) of Peppol BIS Invoice Response 3. */
const TRANSACTION = 'urn:fdc:peppol.eu:poacc:trns:invoice_response:3';

/** The answer to one invoice. */
function responses(root: XmlElement): XmlElement[] {
  return all(root, 'cac:DocumentResponse/cac:Response');
}

function statuses(root: XmlElement): XmlElement[] {
  return responses(root).flatMap((response) => all(response, 'cac:Status'));
}

/** A clarification is a reason unless it says that it is an action (OPStatusAction). */
function isReason(status: XmlElement, code: string): boolean {
  const stated = first(status, 'cbc:StatusReasonCode');
  return text(stated) === code && attribute(stated, 'listID') !== 'OPStatusAction';
}

/** Statuses of a code that needs words, without words. */
function unexplained(code: string): (root: XmlElement) => XmlElement[] {
  return (root) =>
    statuses(root).filter(
      (status) => isReason(status, code) && text(status, 'cbc:StatusReason') === undefined,
    );
}

export const INVOICE_RESPONSE_RULES: Rulebook = {
  'PEPPOL-T111-R001': fatal(
    '状态为 CA、UQ 或 RE 时应给出原因代码。',
    'A status CA, UQ or RE needs a clarification code.',
    (root) =>
      responses(root).filter(
        (response) =>
          ['CA', 'UQ', 'RE'].includes(text(response, 'cbc:ResponseCode') ?? '') &&
          text(response, 'cac:Status/cbc:StatusReasonCode') === undefined,
      ),
  ),
  'PEPPOL-T111-R002': warning(
    '原因代码为 OTH 时应说明原因。',
    'The code OTH should come with a reason.',
    unexplained('OTH'),
  ),
  'PEPPOL-T111-R003': fatal(
    `规范标识(CustomizationID)应以 ${TRANSACTION} 开头。`,
    `The CustomizationID should start with ${TRANSACTION}.`,
    (root) =>
      unless(
        text(root, 'cbc:CustomizationID')?.startsWith(TRANSACTION) === true,
        first(root, 'cbc:CustomizationID') ?? root,
      ),
  ),
  'PEPPOL-T111-R004': fatal(
    '原因代码为 PPD（部分付款）时应说明原因。',
    'The code PPD (partial payment) needs a reason.',
    unexplained('PPD'),
  ),
  'PEPPOL-T111-R005': fatal(
    '原因代码 PPD 只能与状态 PD 同用。',
    'The code PPD goes only with the status PD.',
    (root) =>
      responses(root).flatMap((response) =>
        text(response, 'cbc:ResponseCode') === 'PD'
          ? []
          : all(response, 'cac:Status').filter((status) => isReason(status, 'PPD')),
      ),
  ),
};
