import { faultTable } from '../../kernel/index.ts';

export const fault = faultTable({
  'goods.place_unknown': {
    status: 422,
    zh: '没有这个地点，或它属于别家。',
    en: "There is no such place, or it is somebody else's.",
  },
  'goods.kept_so_already': {
    status: 409,
    zh: '该地点的库存已经是这样变动的，无须更改。',
    en: 'The stock of this place is moved so already; there is nothing to change.',
  },
  'goods.number_kept_twice': {
    status: 409,
    zh: '贵方另一个地点用同一个位置码，库存已由事件变动。事件只能指明其中一个，请先更改那一个。',
    en: 'Another place of yours has this number and is kept by events. Change that one first.',
  },
  'goods.name_in_use': {
    status: 409,
    zh: '名称“{name}”已有超过 {most} 个事件据以变动库存，不能再改指别的商品。',
    en: 'More than {most} events have moved stock as "{name}": it cannot be said anew.',
  },
  'goods.gln_invalid': { status: 422, zh: '{zh}', en: '{en}' },
  'goods.stock_short': {
    status: 409,
    zh: '“{product}”批号 {lot} 库存 {have} {unit}，不足 {asked}。若实物确实更多，请先盘点。',
    en: 'Stock of "{product}", lot {lot}, is {have} {unit}: {asked} is more. Count it first.',
  },
  'goods.too_much_to_hold': {
    status: 422,
    zh: '这些批次在库超过 {most} 行，一次封存不完。请按批次分几次封存。',
    en: 'There are more than {most} rows of these lots in stock. Hold some of the lots at a time.',
  },
  'goods.not_held': {
    status: 422,
    zh: '批号 {lot} 在该地点没有封存的库存。',
    en: 'Nothing of lot {lot} is on hold at this place.',
  },
  'goods.counted_twice': {
    status: 422,
    zh: '{product} 的同一批次盘点了两次。请合并为一行。',
    en: 'The same lot of {product} was counted twice. Write its count in one line.',
  },
  'goods.made_by_events': {
    status: 409,
    zh: '该地点的库存由贵方系统的事件变动：请由该系统上报生产(TransformationEvent)。',
    en: 'Your own system moves the stock of this place: let it capture a TransformationEvent.',
  },
  'goods.lot_twice': {
    status: 422,
    zh: '批号 {lot} 出现了两次。同一批次只能写一行，且不能既投入又产出。',
    en: 'Lot {lot} is named twice. A lot has one line, and is either used or made.',
  },
  'goods.lot_dated_otherwise': {
    status: 422,
    zh: '批号 {lot} 在该地点的保质期为 {there}。同一批次只有一个保质期：请改批号或日期。',
    en: 'Lot {lot} lies there with best before {there}. A lot has one date: change either.',
  },
  'goods.made_later': {
    status: 422,
    zh: '生产时间还没有到。请填已经发生的时间。',
    en: 'The time of production is yet to come. Give one that has passed.',
  },
  'goods.used_before_there': {
    status: 422,
    zh: '批号 {lot} 在 {at} 才到该地点，不可能更早被用掉。请改生产时间，或先更正它的来源。',
    en: 'Lot {lot} came to this place at {at}: it was not used before. Give a later time.',
  },
  'goods.left_before_made': {
    status: 422,
    zh: '批号 {lot} 在 {at} 已有一部分离开，必须在此之前产出。请改生产时间。',
    en: 'Some of lot {lot} left at {at}: it was made before that. Give an earlier time.',
  },
  'goods.production_gone': {
    status: 409,
    zh: '批号 {lot} 已有一部分离开，不能说从未产出。请改记它实际由什么制成。',
    en: 'Some of lot {lot} has left: it was made of something. Say of what instead.',
  },
  'goods.production_unknown': {
    status: 404,
    zh: '没有这次生产记录，或它不是贵方在平台上记录的。',
    en: 'There is no such production, or it was not recorded here by you.',
  },
  'goods.production_withdrawn': {
    status: 409,
    zh: '这次生产记录已经撤回。',
    en: 'This production was taken back already.',
  },
  'goods.lot_not_here': {
    status: 422,
    zh: '该地点没有批号 {lot} 的可用库存(按这个单位)。',
    en: 'Nothing of lot {lot} is in sale at this place, in this unit.',
  },
  'goods.epcis_refused': {
    status: 422,
    zh: '这份 EPCIS 文档有 {count} 处问题。',
    en: 'This EPCIS document has {count} problem(s).',
  },
  'goods.too_many_events': {
    status: 413,
    zh: '文档含 {count} 个事件，一次最多 {most} 个。请分批发送。',
    en: 'The document holds {count} events; send at most {most} at once.',
  },
  'goods.event_exists': { status: 409, zh: '{zh}', en: '{en}' },
  'goods.event_unknown': {
    status: 404,
    zh: '没有这个事件，或它不对贵方开放。',
    en: 'There is no such event, or it is not yours to see.',
  },
  'goods.capture_unknown': {
    status: 404,
    zh: '没有这个采集任务，或它属于别家。',
    en: "There is no such capture, or it is somebody else's.",
  },
  'goods.value_unknown': {
    status: 404,
    zh: '没有对贵方开放的事件提到它。',
    en: 'No event that you may see names it.',
  },
  'goods.query_invalid': {
    status: 400,
    zh: '查询有 {count} 处问题。',
    en: 'The query has {count} problem(s).',
  },
  'goods.query_unreadable': {
    status: 400,
    zh: '读不懂这个查询：应为含 name 和 query 的 JSON 对象。',
    en: 'This query cannot be read: it is a JSON object with a name and a query.',
  },
  'goods.query_too_large': {
    status: 413,
    zh: '结果超过 {most} 个事件。请缩小查询范围。',
    en: 'More than {most} events answer this query. Narrow it down.',
  },
  'goods.query_too_complex': {
    status: 413,
    zh: '这样的排序或计数须翻看超过 {most} 个事件。请加上时间、物品或地点。',
    en: 'More than {most} events are to be looked at. Add a time, a thing or a place.',
  },
  'goods.query_too_slow': {
    status: 413,
    zh: '查询用时过长，已中止。请加上时间、物品或地点。',
    en: 'The query took too long and was stopped. Add a time, a thing or a place.',
  },
  'goods.query_unknown': {
    status: 404,
    zh: '没有名为“{name}”的查询。',
    en: 'There is no query named "{name}".',
  },
  'goods.query_exists': {
    status: 409,
    zh: '已有名为“{name}”的查询。请先删除，或换一个名称。',
    en: 'There is a query named "{name}" already. Delete it first, or choose another name.',
  },
  'goods.too_many_allowances': {
    status: 409,
    zh: '贵方已为 {most} 种产品设定损耗，已达上限。',
    en: 'You have said of {most} products how much may be lost, which is as many as there may be.',
  },
  'goods.too_many_queries': {
    status: 409,
    zh: '贵方已有 {most} 个命名查询，已达上限。',
    en: 'You have {most} named queries, which is as many as there may be.',
  },
  'goods.subscription_invalid': {
    status: 400,
    zh: '订阅有 {count} 处问题。',
    en: 'The subscription has {count} problem(s).',
  },
  'goods.subscription_unknown': {
    status: 404,
    zh: '这个查询没有该订阅。',
    en: 'The query has no such subscription.',
  },
  'goods.subscription_active': {
    status: 409,
    zh: '这个订阅正在推送，无须恢复。',
    en: 'This subscription is being sent: there is nothing to resume.',
  },
  'goods.too_many_subscriptions': {
    status: 409,
    zh: '贵方已有 {most} 个订阅，已达上限。',
    en: 'You have {most} subscriptions, which is as many as there may be.',
  },
  'goods.page_unknown': {
    status: 400,
    zh: '这个 nextPageToken 不属于本次查询，或已失效。请从第一页重新查询。',
    en: 'This nextPageToken is not of this query, or has ended. Ask for the first page again.',
  },
  'goods.not_acceptable': {
    status: 406,
    zh: '{header} 的要求无法满足：这里有 {have}。',
    en: 'What {header} asks for cannot be had: there is {have}.',
  },
  'goods.uri_too_long': {
    status: 414,
    zh: '地址超过 {most} 个字符。请改用命名查询。',
    en: 'The address is longer than {most} characters. Use a named query.',
  },
  'goods.prefix_not_own': {
    status: 422,
    zh: '贵方的 GLN 不以 {prefix} 开头。请先登记本单位的 GLN。',
    en: "Your GLN does not begin with {prefix}. Register your firm's GLN first.",
  },
  'goods.prefix_taken': {
    status: 409,
    zh: '厂商识别代码 {prefix} 已登记。',
    en: 'The company prefix {prefix} is registered already.',
  },
  'goods.label_refused': { status: 422, zh: '{zh}', en: '{en}' },
  'goods.trace_without_start': {
    status: 422,
    zh: '没有可追溯的起点：请给出物品或批次；或该地点在这段时间没有对贵方开放的事件。',
    en: 'Nothing to start from: name a thing or a lot, or another place and time.',
  },
  'goods.trace_too_wide': {
    status: 422,
    zh: '事件过多或过大，无法一次读完。请从更少的物品开始；按地点追溯时，以较早的时间结束。',
    en: 'Too many events, or too large ones, to read at once. Start from less, or end earlier.',
  },
  'goods.extent_unready': {
    status: 409,
    zh: '尚未读完，请先查询波及范围，读完后再下载。',
    en: 'Not all is read yet. Ask for the extent until it is ready, and then for the sheet.',
  },
  'goods.extent_busy': {
    status: 503,
    zh: '正在为他人查询波及范围，请稍后再试。',
    en: 'Extents of others are being worked out. Try again in a moment.',
  },
  'goods.extent_too_far': {
    status: 422,
    zh: '波及超过 {most} 件（批），一次列不完。请从更少的批次、或更晚的时刻查起。',
    en: 'More than {most} things and lots were affected. Begin with fewer lots, or later.',
  },
  'goods.extent_too_large': {
    status: 422,
    zh: '可见的包装与加工记录超出本系统一次能容纳的数量，请改用分段追溯。',
    en: 'There is more of packing and making than fits here at once. Use the trace, part by part.',
  },
  'goods.nothing_changes': {
    status: 422,
    zh: '盘点数与账面一致，无须调整。',
    en: 'The count equals the books; there is nothing to adjust.',
  },
});
