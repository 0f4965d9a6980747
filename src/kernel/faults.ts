import type { Bilingual } from './schema.ts';

/** What a person may do wrong, as a row of a module's table: status, and words in two languages. */
export type FaultRow = { status: number; zh: string; en: string };
export type FaultTable = Readonly<Record<string, FaultRow>>;

/** One of several things wrong with an input: where it stands and which rule it breaks. */
export type FaultDetail = Bilingual & { path: string; rule?: string };

export type FaultValues = Readonly<Record<string, string | number | bigint | null | undefined>>;

/** An expected failure. A bug is an assertion instead. */
export class Fault extends Error {
  readonly code: string;
  readonly status: number;
  readonly messages: Bilingual;
  readonly errors: readonly FaultDetail[];
  /** Where what it is about can be read (RFC 9457, `instance`), when that was kept. */
  instance: string | null = null;
  /** After how many seconds to come again (RFC 9110, Retry-After), where waiting helps. */
  retry_after_s: number | null = null;

  constructor(code: string, row: FaultRow, values: FaultValues, errors: readonly FaultDetail[]) {
    const messages = { zh: fill(row.zh, values), en: fill(row.en, values) };
    super(messages.en);
    this.name = 'Fault';
    this.code = code;
    this.status = row.status;
    this.messages = messages;
    this.errors = errors;
  }
}

function fill(template: string, values: FaultValues): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '—'));
}

/** The fault that `work` throws, null where it throws none. @throws whatever is no fault */
export function faultFrom(work: () => void): Fault | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** Makes a module's `fault(code, values, errors?)` from its table; `fault.table` is the table. */
export function faultTable<Code extends string>(table: Readonly<Record<Code, FaultRow>>) {
  const make = (code: Code, values: FaultValues = {}, errors: readonly FaultDetail[] = []) =>
    new Fault(code, table[code], values, errors);
  return Object.assign(make, { table: table as FaultTable });
}

export const fault = faultTable({
  'kernel.invalid': {
    status: 422,
    zh: '提交的内容有 {count} 处不符合要求。',
    en: 'The input breaks {count} rule(s).',
  },
  'kernel.malformed': {
    status: 400,
    zh: '读不懂提交的内容：{reason}',
    en: 'The request cannot be read: {reason}',
  },
  'kernel.media_type': {
    status: 415,
    zh: '这里不接受 {type}，可以用：{allowed}。',
    en: '{type} is not taken here; send one of: {allowed}.',
  },
  'kernel.too_large': {
    status: 413,
    zh: '内容超过上限 {limit} 字节。',
    en: 'The body is over the limit of {limit} bytes.',
  },
  'kernel.unknown_path': { status: 404, zh: '没有这个地址。', en: 'There is nothing here.' },
  'kernel.method_not_allowed': {
    status: 405,
    zh: '这里不能用 {method}，可用：{allowed}。',
    en: '{method} cannot be used here; {allowed} can.',
  },
  'kernel.not_listened_to': {
    status: 400,
    zh: '这里不提供 WebSocket；请去掉 Upgrade 请求头。',
    en: 'No WebSocket is opened here: leave the Upgrade header out.',
  },
  'kernel.not_found': { status: 404, zh: '找不到，或您无权查看。', en: 'Not found, or not yours.' },
  'kernel.signed_out': { status: 401, zh: '请先登录。', en: 'Sign in first.' },
  'kernel.wrong_password': {
    status: 401,
    zh: '账号或密码不对。',
    en: 'The login or the password is wrong.',
  },
  'kernel.not_permitted': {
    status: 403,
    zh: '您的岗位没有这项权限({permission})。请联系本单位管理员。',
    en: 'Your seat does not hold the permission {permission}. Ask your administrator.',
  },
  'kernel.other_origin': {
    status: 403,
    zh: '此请求来自其他网站，已拒绝。',
    en: 'The request comes from another site and is refused.',
  },
  'kernel.key_reused': {
    status: 422,
    zh: '同一个幂等键已用于另一个请求。请为新请求换一个新键。',
    en: 'This Idempotency-Key was used for another request. Use a new key for a new request.',
  },
  'kernel.answer_sealed': {
    status: 409,
    zh: '此请求已由另一凭证完成，密钥只能由那个凭证再次取得；若已丢失，请作废后新建。',
    en: 'Already done, under a credential that alone can read the secret again. Make a new one.',
  },
  'kernel.stale': {
    status: 412,
    zh: '别人刚刚改过。请刷新后再试。',
    en: 'Somebody changed this in the meantime. Reload and try again.',
  },
  'kernel.too_many': {
    status: 429,
    zh: '请求太多，请 {seconds} 秒后再试。',
    en: 'Too many requests: come again in {seconds} s.',
  },
  'kernel.unready': { status: 503, zh: '{zh}', en: '{en}' },
  'kernel.disk_full': {
    status: 507,
    zh: '服务器磁盘已满，没有写入任何内容。请联系运维腾出空间，之后用同一个幂等键再试。',
    en: 'The server’s disk is full; nothing was written. Tell its operator, then try again.',
  },
  'kernel.busy': {
    status: 503,
    zh: '系统正忙，请再试一次。',
    en: 'The system is busy; try again.',
  },
  'kernel.interrupted': {
    status: 503,
    zh: '与数据库的连接中断了。请稍后用同一个幂等键再试：已完成的不会重复执行。',
    en: 'The connection to the database broke. Try again with the same Idempotency-Key.',
  },
  'kernel.failed': {
    status: 500,
    zh: '系统出错，已记录(编号 {request})。没有写入任何内容。',
    en: 'Something broke and was logged as {request}. Nothing was written.',
  },
  'kernel.seal_pending': {
    status: 409,
    zh: '还没有封存，通常只需几秒。请稍后再取。',
    en: 'It is not sealed yet, which takes seconds as a rule. Ask again in a moment.',
  },
  'identity.code_invalid': { status: 422, zh: '{zh}', en: '{en}' },
  'identity.chain_unknown': { status: 404, zh: '没有产业链“{slug}”。', en: 'No chain "{slug}".' },
  'identity.party_unknown': {
    status: 404,
    zh: '本链中没有成员“{code}”。',
    en: 'The chain has no member "{code}".',
  },
  'identity.login_taken': {
    status: 409,
    zh: '登录名“{login}”已被使用。',
    en: 'The login "{login}" is taken.',
  },
  'identity.chain_taken': {
    status: 409,
    zh: '标识“{slug}”已被使用。',
    en: 'The slug "{slug}" is taken.',
  },
  'identity.no_seat': {
    status: 403,
    zh: '您在这条链上没有席位。',
    en: 'You have no seat in this chain.',
  },
  'identity.invitation_over': {
    status: 410,
    zh: '邀请已失效：过期、已撤回或已使用。请对方重新邀请。',
    en: 'The invitation is over: expired, withdrawn or used. Ask for a new one.',
  },
  'identity.already_member': {
    status: 409,
    zh: '{name} 已是本链成员。',
    en: '{name} is a member of this chain already.',
  },
  'identity.invited_already': {
    status: 409,
    zh: '{name} 已由另一家成员邀请，尚未加入。',
    en: '{name} was invited by another member and is not here yet.',
  },
  'identity.last_admin': {
    status: 409,
    zh: '这是本单位最后一位管理员：请先让另一位同事担任管理员。',
    en: 'This is the last administrator of the party: make a colleague one first.',
  },
  'identity.slow_down': {
    status: 429,
    zh: '尝试次数过多，请 {seconds} 秒后再试。可以用通行密钥登录，或在以前登录过的设备上登录。',
    en: 'Too many tries: wait {seconds} s. A passkey, or a device used before, need not wait.',
  },
  'identity.wrong_code': {
    status: 401,
    zh: '验证码不对，或已经用过。请输入新的验证码。',
    en: 'The code is wrong or was used before. Enter a new one.',
  },
  'identity.ticket_over': {
    status: 401,
    zh: '这次登录已超时或尝试过多，请重新输入密码。',
    en: 'This sign-in took too long or too many tries: begin with the password again.',
  },
  'identity.provider_unknown': {
    status: 404,
    zh: '没有这个单位账号登录方式。',
    en: 'There is no such identity provider.',
  },
  'identity.provider_away': {
    status: 503,
    zh: '“{zh}”暂时没有应答，请稍后再试，或改用密码登录。',
    en: '{en} does not answer at the moment: try again later, or sign in with the password.',
  },
  'identity.provider_refused': {
    status: 403,
    zh: '“{zh}”没有确认这次登录（{reason}），请重新开始。',
    en: '{en} did not confirm this sign-in ({reason}): begin again.',
  },
  'identity.not_linked': {
    status: 403,
    zh: '“{zh}”的账号“{label}”还没有绑定。请先用密码登录，再到“设置 · 安全”绑定。',
    en: '{en}’s account "{label}" is not linked: sign in by password, then see Settings, Security.',
  },
  'identity.provider_account_taken': {
    status: 409,
    zh: '这个单位账号已经绑定，请先解除原来的绑定。',
    en: 'This account is linked already: unlink it there first.',
  },
  'identity.too_many_links': {
    status: 422,
    zh: '最多绑定 {limit} 个单位账号，请先解除一个。',
    en: 'At most {limit} accounts can be linked: unlink one first.',
  },
  'identity.passkey_refused': {
    status: 401,
    zh: '通行密钥未通过验证。请再试一次，或换一种方式。',
    en: 'The passkey was not accepted. Try again, or another way.',
  },
  'identity.proof_needed': {
    status: 403,
    zh: '这一步需要再次确认是您本人：请输入密码或使用验证码、通行密钥。',
    en: 'Prove once more that it is you: with the password, a code or a passkey.',
  },
  'identity.not_a_person': {
    status: 403,
    zh: '这里只有登录的本人可以操作，接口密钥不行。',
    en: 'Only a signed-in person may do this, not an API key.',
  },
  'identity.no_secret_key': {
    status: 409,
    zh: '本服务器没有配置 JINGWEI_SECRET_KEY，不能使用验证码。请联系运维。',
    en: 'This server has no JINGWEI_SECRET_KEY, or another: codes do not work. Tell its operator.',
  },
  'identity.no_origin': {
    status: 503,
    zh: '本服务器没有配置 JINGWEI_ORIGIN，不能使用通行密钥。请联系运维。',
    en: 'This server has no JINGWEI_ORIGIN: passkeys cannot be used. Tell its operator.',
  },
  'identity.totp_set': {
    status: 409,
    zh: '验证码登录已经开启。要换一部手机，请先关闭再开启。',
    en: 'Codes are set up already. To move to another phone, remove them first.',
  },
  'identity.totp_absent': {
    status: 409,
    zh: '请先扫描二维码，再输入验证码。',
    en: 'Begin with the QR code, then enter a code.',
  },
  'identity.too_many_passkeys': {
    status: 409,
    zh: '最多 {limit} 个通行密钥。请先移除不用的。',
    en: 'At most {limit} passkeys: remove one that is no longer used.',
  },
  'identity.no_factor': {
    status: 409,
    zh: '请先开启验证码或添加通行密钥，再生成恢复码。',
    en: 'Set up codes or a passkey first: recovery codes stand in for them.',
  },
  'identity.password_due': {
    status: 403,
    zh: '现在的密码是别人替您设的。请先改成只有您自己知道的密码，之后即可继续。',
    en: 'Somebody else chose your password. Change it to one that only you know first; then go on.',
  },
  'identity.factor_needed': {
    status: 403,
    zh: '本单位要求登录有第二步，您还没有设置。请先设置验证码或通行密钥，之后即可继续。',
    en:
      'Your party requires a second factor and you have none yet. Set up an authenticator app or ' +
      'a passkey first; then go on.',
  },
  'identity.factor_unshown': {
    status: 403,
    zh: '本单位要求登录有第二步，这次登录还没有用过。请用验证码、通行密钥或恢复码确认，之后即可继续。',
    en:
      'Your party requires a second factor and this sign-in has not shown yours. Confirm with a ' +
      'code, a passkey or a recovery code; then go on.',
  },
  'identity.own_factor_first': {
    status: 409,
    zh: '请先为自己设置验证码或通行密钥，并在这次登录中用它确认一次，再要求同事设置。',
    en:
      'First set up a code or a passkey for yourself and confirm with it in this sign-in; then ' +
      'require it of your colleagues.',
  },
  'identity.grace_too_long': {
    status: 422,
    zh: '最多提前 {days} 天通知，请选一个更近的日期。',
    en: 'At most {days} days ahead: choose an earlier day.',
  },
  'identity.last_factor': {
    status: 409,
    zh: '本单位要求登录有第二步，这是您的最后一个。请先添加另一个，再移除它。',
    en: 'Your party requires a second factor and this is your last: add another one first.',
  },
  'identity.same_password': {
    status: 422,
    zh: '新密码不能与原密码相同。',
    en: 'The new password is the old one.',
  },
  'identity.password_guessable': {
    status: 422,
    zh: '这个密码很容易猜到。换成几个不相干的词，别用单位名、姓名、日期或键盘顺序。',
    en:
      'This password is easy to guess. Take some words that have nothing to do with each other: ' +
      'no names, dates or rows of keys.',
  },
  'identity.login_unknown': {
    status: 404,
    zh: '没有登录名“{login}”。',
    en: 'There is no login "{login}".',
  },
  'identity.scope_unknown': {
    status: 422,
    zh: '没有“{scope}”这样的权限。可用的权限见权限表。',
    en: 'No permission fits "{scope}". The permissions reference lists them all.',
  },
  'identity.expiry_past': {
    status: 422,
    zh: '到期时间已经过去。请填以后的时间，或不填。',
    en: 'The expiry is in the past: give a later one, or none.',
  },
  'webhook.address_refused': {
    status: 422,
    zh: '这个地址不能接收推送：要 https、公网地址、端口 {ports}，不带用户名和 #。',
    en: 'Not an address to call: give https, a public host, port {ports}, no user name and no #.',
  },
  'webhook.too_many': {
    status: 409,
    zh: '最多 {limit} 个推送地址。请先移除不用的。',
    en: 'At most {limit} webhooks: remove one that is no longer used.',
  },
  'webhook.no_secret_key': {
    status: 409,
    zh: '本服务器没有配置 JINGWEI_SECRET_KEY，不能使用推送。请联系运维。',
    en: 'This server has no JINGWEI_SECRET_KEY: webhooks cannot be used. Tell its operator.',
  },
  'webhook.test_waits': {
    status: 409,
    zh: '上一条测试消息还没有发完，请稍候。',
    en: 'A test message waits to be sent already: see what becomes of it first.',
  },
  'webhook.not_waiting': {
    status: 409,
    zh: '这条消息不在等待发送。',
    en: 'This message does not wait to be sent.',
  },
  'kernel.file_erased': {
    status: 410,
    zh: '这份文件已按要求删除，只留下编号和校验值。',
    en: 'This file was deleted on request; only its number and its hash are left.',
  },
  'rights.own_record': {
    status: 422,
    zh: '这是本单位自己的记录：请直接更正，不必向自己提出。',
    en: 'This is your own record: put it right yourself instead of asking for it.',
  },
  'rights.open_already': {
    status: 409,
    zh: '同样的请求已经提出，正在等待答复。',
    en: 'The same has been asked for already and waits for its answer.',
  },
  'rights.too_many': {
    status: 409,
    zh: '本单位已有 {limit} 项请求未了，请等待答复或先撤回一些。',
    en: 'You have {limit} requests open. Wait for answers, or withdraw some.',
  },
  'rights.shared_already': {
    status: 409,
    zh: '对方已经共享了这类数据，不必再请求。',
    en: 'The other party shares this with you already.',
  },
  'rights.asked_lately': {
    status: 409,
    zh: '同样的请求不久前刚了结，{from} 起才能再次提出。',
    en: 'The same was refused or withdrawn not long ago; ask again from {from} on.',
  },
  'rights.holder_away': {
    status: 409,
    zh: '持有数据的一方不在本链，无人答复；请向链的组织者提出。',
    en: 'Whoever holds this is not in the chain and cannot answer; turn to who runs the chain.',
  },
  'rights.end_past': {
    status: 422,
    zh: '截止时间已经过去，请选一个将来的时间。',
    en: 'The end has passed already; choose a later one.',
  },
  'rights.not_open': {
    status: 409,
    zh: '这项请求已经答复、撤回或失效，不能再改。',
    en: 'This request has been answered or withdrawn, or has lapsed: it can no longer be changed.',
  },
  'rights.not_yours': {
    status: 403,
    zh: '答复由持有数据的一方作出；撤回和补充说明由提出的一方作出。',
    en: 'The holder of the data answers; whoever asked withdraws and adds notes.',
  },
  'rights.answer_needed': {
    status: 422,
    zh: '请用一两句话写明答复：做了什么，或者为什么不同意。',
    en: 'Say in a sentence or two what was done, or why it is refused.',
  },
  'rights.no_correction': {
    status: 422,
    zh: '更正必须是本单位在被异议的事实之后记录的另一件事实。',
    en: 'A correction is another fact that you recorded behind the one objected to.',
  },
  'rights.note_not_due': {
    status: 409,
    zh: '异议被拒绝之后才能补充说明，且只能补充一次。',
    en: 'A note is added once, to an objection that was refused.',
  },
  'identity.shares_with_itself': {
    status: 422,
    zh: '不能与自己签共享协议。',
    en: 'A party cannot share with itself.',
  },
});
