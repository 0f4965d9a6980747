import type { Bilingual } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { InputOutputTable, Sector } from './input-output-table.ts';

/** Positions of sectors in a table. A sector is in one group at most; construction is in none. */
export type SectorGroups = {
  readonly services: readonly number[];
  /**
   * Repair of metal products, machinery and equipment (class 43 of GB/T 4754): coded as
   * manufacturing, a service by the 三次产业划分规定 (国家统计局 2012, revised 2018).
   */
  readonly repair: readonly number[];
  readonly manufacturing: readonly number[];
  readonly agriculture: readonly number[];
  /** What the groups hold that the 三次产业划分规定 puts elsewhere, and could not be taken apart. */
  readonly remarks: readonly Bilingual[];
};

export type GroupName = 'services' | 'repair' | 'manufacturing' | 'agriculture';
/** Codes and ranges in the order of the table, as `28-42` or `01,23`. */
export type GroupCodes = { readonly [one in GroupName]?: string };

/** The 42 sectors of the tables of 2017, 2018 and 2020; sectors that tell the edition by name. */
const NBS_42 = {
  groups: { services: '28-42', repair: '23', manufacturing: '06-22', agriculture: '01' },
  count: 42,
  told_by: { '01': '农林牧渔', '22': '废品废料', '23': '修理', '27': '建筑', '28': '批发' },
} as const;

/**
 * The groups that are asked for, or those of a known edition. In other editions the same code is
 * another sector (23 is electricity in 2007), so nothing is guessed there.
 * @throws convergence.sectors_unknown where a code is not there, in two groups, or none is given
 */
export function sectorGroups(table: InputOutputTable, asked: GroupCodes = {}): SectorGroups {
  const known = isNbs42(table.sectors) ? NBS_42.groups : null;
  const codesOf = (name: GroupName) => asked[name] ?? known?.[name] ?? '';
  const find = (name: GroupName) => positions(table.sectors, codesOf(name), name);
  const services = find('services');
  const own = {
    services,
    // Asked for among the services, it is one: the default does not take it out again.
    repair:
      asked.repair === undefined
        ? find('repair').filter((at) => !services.includes(at))
        : find('repair'),
    manufacturing: find('manufacturing'),
    agriculture: find('agriculture'),
  };
  if (services.length === 0 || own.manufacturing.length + own.agriculture.length === 0) {
    const zh =
      '不认识这张表的部门分类，请用 --services、--manufacturing、--agriculture、--repair 指明部门代码，如 28-42。';
    const en =
      'The edition of these sectors is not known: name codes by --services, --manufacturing, ' +
      '--agriculture and --repair, as in 28-42.';
    throw fault('convergence.sectors_unknown', { zh, en });
  }
  checkApart(table.sectors, own);
  return { ...own, remarks: remarksOn(table.sectors, own) };
}

function isNbs42(sectors: readonly Sector[]): boolean {
  return (
    sectors.length === NBS_42.count &&
    Object.entries(NBS_42.told_by).every(([code, word]) =>
      sectors.some((one) => one.code === code && one.zh.includes(word)),
    )
  );
}

function positions(sectors: readonly Sector[], codes: string, group: GroupName): number[] {
  const at = (code: string) => {
    const position = sectors.findIndex((one) => one.code === code.trim());
    if (position >= 0) return position;
    const zh = `--${group}：表中没有部门“${code}”。`;
    throw fault('convergence.sectors_unknown', {
      zh,
      en: `--${group}: the table has no sector "${code}".`,
    });
  };
  const found = codes.split(/[,，]/).flatMap((part) => {
    if (part.trim() === '') return [];
    const [first, last] = isCode(sectors, part) ? [part, part] : part.split(/[-–]/);
    const from = at(first as string);
    const length = at(last ?? (first as string)) - from + 1;
    if (length > 0) return Array.from({ length }, (_, i) => from + i);
    const zh = `--${group}：“${part}”前后颠倒。`;
    throw fault('convergence.sectors_unknown', {
      zh,
      en: `--${group}: "${part}" runs backwards.`,
    });
  });
  return [...new Set(found)];
}

const isCode = (sectors: readonly Sector[], part: string) =>
  sectors.some(({ code }) => code === part.trim());

function checkApart(sectors: readonly Sector[], groups: Omit<SectorGroups, 'remarks'>): void {
  const all = Object.values(groups).flat();
  const twice = all.find((at, index) => all.indexOf(at) !== index);
  if (twice === undefined) return;
  const { code } = sectors[twice] as Sector;
  throw fault('convergence.sectors_unknown', {
    zh: `部门 ${code} 同时归入两组，请只归一组。`,
    en: `Sector ${code} is in two groups: put it in one.`,
  });
}

/** Names of classes 05, 11 and 43 of GB/T 4754-2017, where a table shows them by themselves. */
const SERVICE_BY_RULE = /专业及辅助性活动|开采辅助|农林牧渔服务|设备修理/;

function remarksOn(sectors: readonly Sector[], groups: Omit<SectorGroups, 'remarks'>): Bilingual[] {
  const shown = sectors.filter(({ zh }) => SERVICE_BY_RULE.test(zh));
  const remarks = shown.flatMap((sector) => {
    const at = sectors.indexOf(sector);
    if (groups.services.includes(at) || groups.repair.includes(at)) return [];
    const zh = `部门 ${sector.code}“${sector.zh}”按三次产业划分规定属第三产业，这里没有计作服务。`;
    const en = `Sector ${sector.code} is a service by the 三次产业划分规定 and is not counted as one here.`;
    return [{ zh, en }];
  });
  if (shown.every(({ zh }) => zh.includes('修理'))) {
    remarks.push({
      zh: '农林牧渔专业及辅助性活动(05)和开采专业及辅助性活动(11)按三次产业划分规定属第三产业，本表没有单列，仍留在农业和采矿业中。',
      en:
        'Support of farming (class 05) and of mining (11) are services by the 三次产业划分规定; this ' +
        'table does not show them apart, so they stay in agriculture and mining.',
    });
  }
  return remarks;
}
