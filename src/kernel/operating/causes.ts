import type { Bilingual } from '../schema.ts';

/** Why a server is not wholly well. `down`: requests cannot be served while it lasts. */
type Row = Bilingual & { down: boolean };

export const causes = {
  starting: { down: true, zh: '正在启动。', en: 'The server is starting.' },
  migrating: {
    down: true,
    zh: '正在升级数据库。',
    en: 'The database is being brought to this version’s form.',
  },
  stopping: {
    down: true,
    zh: '正在停止，不再接受新请求。',
    en: 'The server is stopping and takes no new work.',
  },
  database_gone: {
    down: true,
    zh: '数据库没有响应。恢复后服务自动继续；内置数据库会自动重启。',
    en: 'The database does not answer. Service goes on by itself once it does.',
  },
  disk_full: {
    down: false,
    zh: '数据库磁盘已满，写入被拒绝，读取正常。请腾出空间，之后自动恢复。',
    en: 'The disk of the database is full: writes are refused. Free some space; nothing else.',
  },
  clock_jumped: {
    down: false,
    zh: '本机时钟刚刚跳变。请检查时间同步(NTP)。',
    en: 'This machine’s clock has jumped. Check its time synchronisation (NTP).',
  },
  clock_apart: {
    down: false,
    zh: '本机时钟与数据库相差过大。请检查两边的时间同步(NTP)。',
    en: 'This machine’s clock and the database’s differ. Check time synchronisation (NTP).',
  },
  sealing_behind: {
    down: false,
    zh: '事实封存落后。新事实已保存，稍后封存。请查看日志。',
    en: 'Sealing is behind. Facts are kept and will be sealed later. Look into the log.',
  },
  backup_overdue: {
    down: false,
    zh: '按计划该有的备份没有做成，已经过期。请查看日志和备份目录。',
    en: 'The backup that was due has not been made. Look into the log and the backups’ folder.',
  },
  backup_failed: {
    down: false,
    zh: '最近一次备份失败，稍后重试。请查看日志。',
    en: 'The newest backup failed and will be tried again. Look into the log.',
  },
} as const satisfies Record<string, Row>;

export type CauseCode = keyof typeof causes;
export type Cause = Bilingual & { code: CauseCode; since: string };
export type HealthStatus = 'ok' | 'degraded' | 'down';

export const causeOf = (code: CauseCode, since: string): Cause => {
  const { zh, en } = causes[code];
  return { code, since, zh, en };
};

/** `down` where one cause stops service, `degraded` where any is there. */
export function statusOf(found: readonly Cause[]): HealthStatus {
  if (found.some(({ code }) => causes[code].down)) return 'down';
  return found.length > 0 ? 'degraded' : 'ok';
}
