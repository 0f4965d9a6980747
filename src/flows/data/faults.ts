import { faultTable } from '../../kernel/index.ts';

/** What may go wrong with a document as a whole; what is wrong inside it are its errors. */
export const fault = faultTable({
  'data.document_unknown': {
    status: 404,
    zh: '没有这份单据，或它不在您的收件箱里。',
    en: 'There is no such document, or it is not in your inbox.',
  },
  'data.document_refused': {
    status: 422,
    zh: '单据有 {count} 处不符合规则，已退回您的收件箱，改正后可重新发送。',
    en: 'The document breaks {count} rule(s). It waits in your inbox to be mended and sent again.',
  },
  'data.document_settled': {
    status: 409,
    zh: '单据处于“{state}”状态，不能再改。',
    en: 'The document is {state} and changes no more.',
  },
  'data.document_size': {
    status: 413,
    zh: '单据应为 1 字节到 {limit} 字节。',
    en: 'A document has between 1 and {limit} bytes.',
  },
  'data.reader_busy': {
    status: 503,
    zh: '正在读取的单据太多，请稍后再送。',
    en: 'Too many documents are being read. Send it again in a moment.',
  },
  'data.document_heavy': {
    status: 422,
    zh: '单据读取时间过长或占用过多，没有保存。请分成几份发送。',
    en: 'The document takes too long or too much to read and was not kept. Send it in parts.',
  },
  'data.document_has_no_xml': {
    status: 406,
    zh: '这份单据不是 UBL，不能以 XML 给出。请取原件。',
    en: 'This document is not UBL and has no XML form. Ask for the original.',
  },
});
