import { faultTable } from '../../kernel/index.ts';

/** What a person is told about an asking, or an answer to one, that cannot be. */
export const fault = faultTable({
  'collections.not_a_statistician': {
    status: 403,
    zh: '只有链上角色为“统计机构”的成员可以制定调查表、组织调查。',
    en: 'Only a member whose role in the chain is statistician makes forms and collects.',
  },
  'collections.form_unknown': {
    status: 404,
    zh: '没有这份调查表，或没有这一版本。',
    en: 'There is no such form, or no such version of it.',
  },
  'collections.form_invalid': {
    status: 422,
    zh: '调查表有 {count} 处不成立，请按下列各处改正。',
    en: 'The form does not hold in {count} place(s): correct what is listed.',
  },
  'collections.form_code_taken': {
    status: 409,
    zh: '本单位已有编号为“{code}”的调查表，请修订原表或换一个编号。',
    en: 'You have a form "{code}" already: revise it, or take another code.',
  },
  'collections.form_draft_unknown': {
    status: 404,
    zh: '没有这份编制中的调查表：已经定稿、已经放弃，或您无权查看。',
    en: 'There is no such draft of a form: it is a form by now, was given up, or is not yours.',
  },
  'collections.too_many_drafts': {
    status: 409,
    zh: '本单位已有 {limit} 份编制中的调查表，请先定稿或放弃一份。',
    en: 'You are writing {limit} forms already: finish one first, or give one up.',
  },
  'collections.form_expired': {
    status: 422,
    zh: '调查表的批准有效期到 {valid_until}，截止日 {due_on} 在此之后，不能再用它调查。',
    en: 'The form may be used until {valid_until}, and the deadline {due_on} lies behind that.',
  },
  'collections.period_invalid': {
    status: 422,
    zh: '报告期“{period}”与调查表不符，应写作 {example}。',
    en: 'The period "{period}" does not fit the form: write it as {example}.',
  },
  'collections.party_unknown': {
    status: 422,
    zh: '下列 {count} 个单位不是本链的有效成员。',
    en: '{count} of those to be asked are no active members of the chain.',
  },
  'collections.asked_already': {
    status: 409,
    zh: '下列 {count} 个单位已被同一调查表问过 {period}，不能再问一次。',
    en: '{count} of those to be asked were asked for {period} with this form already.',
  },
  'collections.cap_reached': {
    status: 409,
    zh: '调查表规定每个单位每年最多问 {cap} 次，下列 {count} 个单位在 {year} 年已达上限。',
    en: 'The form asks a firm {cap} time(s) a year at most: {count} had that in {year} already.',
  },
  'collections.too_many_asked': {
    status: 422,
    zh: '一次调查最多问 {limit} 个单位。',
    en: 'One collection asks {limit} firms at most.',
  },
  'collections.collection_unknown': {
    status: 404,
    zh: '没有这次调查，或您无权查看。',
    en: 'There is no such collection, or it is not yours.',
  },
  'collections.collection_state': {
    status: 409,
    zh: '这次调查处于“{zh}”状态，不能这样做。',
    en: 'The collection is {state}: this cannot be done now.',
  },
  'collections.rulings_wait': {
    status: 409,
    zh: '还有 {count} 份报表没有审定，审定后才能锁定。',
    en: '{count} report(s) wait for your ruling: rule on them before you lock.',
  },
  'collections.ask_unknown': {
    status: 404,
    zh: '没有这项填报任务，或您无权查看。',
    en: 'There is no such request for figures, or it is not yours.',
  },
  'collections.ask_state': {
    status: 409,
    zh: '这项填报处于“{zh}”状态，不能这样做。',
    en: 'The request for figures is {state}: this cannot be done now.',
  },
  'collections.draft_unknown': {
    status: 404,
    zh: '还没有开始填报，请先开始。',
    en: 'Nothing has been begun yet: begin first.',
  },
  'collections.draft_state': {
    status: 409,
    zh: '报表草稿处于“{zh}”状态，不能这样做。',
    en: 'The draft is {state}: this cannot be done now.',
  },
  'collections.reason_needed': {
    status: 422,
    zh: '更正已验收的报表要写明原因。',
    en: 'Say why the accepted report is corrected.',
  },
  'collections.answers_invalid': {
    status: 422,
    zh: '有 {count} 项填得不对，请按下列各处改正。',
    en: '{count} answer(s) cannot be taken: correct what is listed.',
  },
  'collections.rules_broken': {
    status: 422,
    zh: '有 {count} 条审核关系不成立。强制性的须改正，核实性的须写明原因。',
    en: '{count} rule(s) do not hold. Correct the hard ones, and explain the soft ones in a note.',
  },
  'collections.sheet_refused': {
    status: 422,
    zh: '表格有 {count} 处不能读入，什么也没有写入，请改正后重新导入。',
    en: 'The sheet cannot be read in {count} place(s). Nothing was taken: mend it, import again.',
  },
  'collections.same_person': {
    status: 403,
    zh: '复核人不能是填报人本人，也不能是密钥：请由本单位另一人登录后复核。',
    en: 'Another person of the firm has to sign in and check it: not who handed it over, no key.',
  },
  'collections.report_unknown': {
    status: 404,
    zh: '没有这份报表，或您无权查看。',
    en: 'There is no such report, or it is not yours.',
  },
  'collections.report_settled': {
    status: 409,
    zh: '这份报表已经审定，或已有更新的一版。',
    en: 'The report has been ruled on already, or there is a newer one.',
  },
});
