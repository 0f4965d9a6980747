import { findUnit, isCurrency } from '../../../kernel/index.ts';

/**
 * Code lists that the Peppol structures name (poacc-upgrade-3 and peppol-bis-invoice-3, folder
 * structure/codelist; UN/CEFACT D.17A and D.16B, ISO 3166-1, Peppol EAS and ICD). Lists that grow
 * with every release of their agency and carry no meaning for us are checked by form alone.
 */
const LISTS: Readonly<Record<string, string>> = {
  ISO3166: `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO
    BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO
    DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW
    GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ
    LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX
    MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL
    TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI XK 1A YE YT ZA ZM ZW`,
  'UNCL1001-inv':
    '71 80 82 84 102 218 219 331 380 382 383 386 388 393 395 553 575 623 780 817 870 875 876 877',
  'UNCL1001-cn': '81 83 381 396 532',
  UNCL1001_T01: '105 220 221 226 227',
  UNCL1229: '1 3 5 7 42',
  UNCL1229_CHANGE: '1 2 3 4 74',
  'UNCL4343-T76': 'AB AP CA RE',
  'UNCL4343-T111': 'AB AP CA IP PD RE UQ',
  OPStatusReason: 'NON REF LEG REC QUA DEL PRI QTY ITM PAY UNR FIN PPD OTH',
  OPStatusAction: 'NOA PIN NIN CNF CNP CNA OTH',
  ClarificationListID: 'OPStatusReason OPStatusAction',
  UNCL2005: '3 35 432',
  UNCL4219: '1 2 3 4',
  UNCL5189: '41 42 60 62 63 64 65 66 67 68 70 71 88 95 100 102 103 104 105',
  UNCL5305: 'AE B E G K L M O S Z',
  'UNCL6313-T16': 'AAB AAW',
  UNCL7161: `AA AAA AAC AAD AAE AAF AAH AAI AAS AAT AAV AAY AAZ ABA ABB ABC ABD ABF ABK ABL ABN ABR
    ABS ABT ABU ACF ACG ACH ACI ACJ ACK ACL ACM ACS ADC ADE ADJ ADK ADL ADM ADN ADO ADP ADQ ADR ADT
    ADW ADY ADZ AEA AEB AEC AED AEF AEH AEI AEJ AEK AEL AEM AEN AEO AEP AES AET AEU AEV AEW AEX AEY
    AEZ AJ AU CA CAB CAD CAE CAF CAI CAJ CAK CAL CAM CAN CAO CAP CAQ CAR CAS CAT CAU CAV CAW CAX CAY
    CAZ CD CG CS CT DAB DAC DAD DAF DAG DAH DAI DAJ DAK DAL DAM DAN DAO DAP DAQ DL EG EP ER FAA FAB
    FAC FC FH FI GAA HAA HD HH IAA IAB ID IF IR IS KO L1 LA LAA LAB LF MAE MI ML NAA OA PA PAA PC PL
    PRV RAB RAC RAD RAF RE RF RH RV SA SAA SAD SAE SAI SG SH SM SU TAB TAC TT TV V1 V2 WH XAA YY
    ZZZ`,
  UNCL8273: 'ADR ADS ADT ADU ADV ADW ADX AGS ANR ARD CFR COM GVE GVS ICA IMD RGE RID UI ZZZ',
  MimeCode: `application/xml application/pdf image/png image/jpeg image/tiff video/mp4 text/csv
    application/acad application/autocad_dwg application/dwg drawing/dwg
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
    application/vnd.oasis.opendocument.spreadsheet`,
  ProductTraceIDschemeIDCode: 'UDI',
  TransportHandlingUnitIDschemID: 'SSCC ZZZ',
  TrueFalse: 'true false',
};

const CODES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(LISTS).map(([list, codes]) => [list, new Set(codes.split(/\s+/))]),
);

/** Lists known by form: ISO 6523 ICD is four digits; EAS adds five letter codes to it. */
const FORMS: Readonly<Record<string, RegExp>> = {
  ICD: /^\d{4}$/,
  eas: /^(\d{4}|AN|AQ|AS|AU|EM)$/,
  UNCL1001: /^\d{1,3}$/,
  UNCL1153: /^[A-Z0-9]{2,3}$/,
  UNCL4461: /^([1-9]\d?|ZZZ)$/,
  UNCL7143: /^[A-Z0-9]{2,3}$/,
  UNECERec19: /^[0-9][0-9A-Z]{0,2}$/,
  UNECERec21: /^[0-9A-Z]{2}$/,
};

/** A unit of Recommendation 20, or a package of Recommendation 21 with its leading X. */
export function isUnitCode(code: string): boolean {
  return findUnit(code) !== undefined || /^[A-Z0-9]{2,3}$/.test(code);
}

/** Whether a code stands in a list, or in one of several (`UNCL5189|UNCL7161`). */
export function isInList(lists: string, code: string): boolean {
  return lists.split('|').some((list) => isIn(list, code));
}

/** A list that nobody here knows lets everything pass. */
function isIn(list: string, code: string): boolean {
  if (list === 'ISO4217') return isCurrency(code);
  if (list === 'UNECERec20') return isUnitCode(code);
  return CODES.get(list)?.has(code) ?? FORMS[list]?.test(code) ?? true;
}
