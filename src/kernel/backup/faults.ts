import { faultTable } from '../faults.ts';

/** What an operator is told about a backup; none of it is ever an answer by HTTP. */
export const backupFault = faultTable({
  'backup.not_one': {
    status: 422,
    zh: '{file} 不是经纬的备份，或已损坏：{reason}',
    en: '{file} is no backup of Jingwei, or it is damaged: {reason}',
  },
  'backup.file_taken': {
    status: 409,
    zh: '{file} 已存在：备份绝不覆盖文件，请换一个名字。',
    en: '{file} is there already: a backup never writes over a file. Name another.',
  },
  'backup.not_written': {
    status: 500,
    zh: '{file} 写入后读回的内容不同：请检查磁盘。没有留下备份。',
    en: '{file} does not read back as it was written: look at the disk. No backup was kept.',
  },
  'backup.other_postgres': {
    status: 409,
    zh:
      '{folder} 是 PostgreSQL {found} 的数据，本版本自带 PostgreSQL {ours}，读不了它。请用原来的版本运行 backup，' +
      '再用本版本 restore 到一个空的数据目录；原目录不会改动。',
    en:
      '{folder} was written by PostgreSQL {found}; this version brings PostgreSQL {ours}, ' +
      'which cannot read it. Run `backup` with the version that wrote it, then `restore` ' +
      'with this one into an empty data folder. Nothing was changed.',
  },
  'backup.other_migration': {
    status: 409,
    zh: '备份中的迁移 {migration} 与本版本的内容不同：请用制作该备份的版本（{version}）恢复。',
    en:
      'Migration {migration} of the backup has other text in this version: restore it with ' +
      'version {version}, which made it.',
  },
  'backup.no_database': {
    status: 404,
    zh: '{folder} 里没有数据库：请用 JINGWEI_DATA 或 DATABASE_URL 指明。',
    en: 'There is no database in {folder}: name one by JINGWEI_DATA or DATABASE_URL.',
  },
  'backup.holds_no_secrets': {
    status: 404,
    zh: '{file} 未加密，不含密钥。',
    en: '{file} is not encrypted and holds no keys.',
  },
  'backup.newer': {
    status: 409,
    zh: '备份需要本版本没有的迁移 {migration}：请用制作该备份的版本（{version}）或更新版本恢复。',
    en:
      'The backup needs migration {migration}, which this version does not have: restore it ' +
      'with version {version}, which made it, or a later one.',
  },
  'backup.key_needed': {
    status: 422,
    zh: '{file} 已加密：请用 --key-file 指定私钥文件（AGE-SECRET-KEY-…）。',
    en: '{file} is encrypted: name the file of its private key (AGE-SECRET-KEY-…) by --key-file.',
  },
  'backup.wrong_key': {
    status: 403,
    zh: '所给私钥打不开 {file}：它是为另一把钥匙加密的。',
    en: 'The given key does not open {file}: it was encrypted for another one.',
  },
  'backup.bad_key': {
    status: 422,
    zh: '备份密钥应为 age1…（公钥，只能加密）或 AGE-SECRET-KEY-…（私钥）；可用 backup key --out <文件> 生成。',
    en:
      'A key for backups is age1… (public: it encrypts alone) or AGE-SECRET-KEY-… ' +
      '(private); `backup key --out <file>` makes one.',
  },
  'backup.unsound': {
    status: 409,
    zh: '{file} 未通过验证（{count} 处），未恢复任何内容。若原库本就如此而必须恢复，请加 --accept-findings。',
    en:
      '{file} does not hold ({count} findings): nothing was restored. Where the database ' +
      'was so before and has to come back as it was, add --accept-findings.',
  },
  'backup.damaged': {
    status: 409,
    zh: '{file} 已损坏（{count} 处），不能恢复：请用另一份备份。',
    en: '{file} is damaged ({count} findings) and cannot be restored: take another backup.',
  },
  'backup.folder_taken': {
    status: 409,
    zh: '{folder} 不是空文件夹：恢复只写入空的数据目录，绝不覆盖。请用 JINGWEI_DATA 指定另一个文件夹。',
    en:
      '{folder} is not empty: a restore fills an empty data folder and never writes over ' +
      'one. Name another by JINGWEI_DATA.',
  },
  'backup.database_taken': {
    status: 409,
    zh: '数据库 {database} 里已有表（如 {table}）：恢复只写入空数据库。请新建一个并让 DATABASE_URL 指向它。',
    en:
      'The database {database} has tables already ({table}, say): a restore fills an empty ' +
      'one. Make one, and let DATABASE_URL name it.',
  },
  'backup.unfinished': {
    status: 409,
    zh: '{folder} 里的恢复没有完成：请重新运行 restore，或清空该文件夹。',
    en: 'A restore into {folder} did not end: run it again, or empty the folder.',
  },
  'backup.no_secrets': {
    status: 409,
    zh:
      '备份未加密，因此不含密钥库的密钥；有 {people} 人使用验证器动态码，{webhooks} 个推送有密钥。' +
      '请用 --secrets <文件夹> 给出原来的 secrets.json 与 seal-key.pem；若已丢失，加 --without-secrets：' +
      '这些人用恢复码登录，或由您 people reset-factors 后重新设置，推送须轮换密钥，今后的事实用新密钥封存。',
    en:
      'The backup is not encrypted and so does not hold the key of the vault; {people} ' +
      'people sign in with authenticator codes, {webhooks} webhooks have secrets. Give the ' +
      'old secrets.json and seal-key.pem by --secrets <folder>; where they are lost, add ' +
      '--without-secrets: these people sign in by recovery codes, or set codes up anew once ' +
      'you have run `people reset-factors`, webhooks need new secrets, and facts are sealed ' +
      'under a new key from now on.',
  },
  'backup.server_secrets': {
    status: 409,
    zh:
      'JINGWEI_SECRET_KEY 与备份中的不同或未设置，{people} 人的动态码与 {webhooks} 个推送的密钥将失效：' +
      '请先用 backup secrets 取出并设置，或加 --without-secrets。',
    en:
      'JINGWEI_SECRET_KEY is not the one of the backup, or is not set, and the codes of ' +
      '{people} people and the secrets of {webhooks} webhooks would not work: take it out ' +
      'by `backup secrets`, set it, and come again; or add --without-secrets.',
  },
  'backup.sees_not_all': {
    status: 403,
    zh: '数据库登录看不到所有行：请先用本版本启动一次（迁移 0007 会建立备份角色），或用可绕过行级安全的登录。',
    en:
      'The log-in to the database does not see every row: start this version once ' +
      '(migration 0007 makes the role that backs up), or use a log-in that row security ' +
      'does not hold.',
  },
  'backup.pglite': {
    status: 409,
    zh: 'PGlite 只供试用，没有在线备份：请停止服务后复制数据目录里的 pglite 文件夹，或改用内置 PostgreSQL。',
    en:
      'PGlite is for trying things out and has no backup beside a running server: stop it ' +
      'and copy the folder pglite of the data folder, or use the embedded PostgreSQL.',
  },
  'backup.not_the_same': {
    status: 500,
    zh: '恢复后的表 {table} 与备份不一致，已全部撤销。',
    en: 'The table {table} does not read back as the backup has it: all of the restore was undone.',
  },
  'backup.other_tables': {
    status: 409,
    zh: '备份中的表 {table} 与其迁移建立的不符，未恢复任何内容。',
    en: 'The table {table} of the backup is not what its migrations make: nothing was restored.',
  },
});
