import { getReceivable } from '../flows/money/index.ts';
import { addDays, dateInZone } from '../kernel/index.ts';
import { billBuyer } from '../services/trade/index.ts';
import type { Lane } from './lane.ts';
import { payBill } from './paying.ts';

/** A service that is billed every month; some bear a tax code, and some a name alone. */
type Service = { name: string; price: string; tax_rate: string; tax_code?: string };

const code = (prefix: string) => prefix.padEnd(19, '0');

/** What the cast sells beside goods. The prices are made up. */
export const servicesSold: Readonly<Record<string, readonly Service[]>> = {
  maker: [
    { name: '冷链配送服务', price: '9000', tax_rate: '0.09', tax_code: code('301') },
    { name: '供应链协同平台服务', price: '2400', tax_rate: '0.06', tax_code: code('30408') },
    { name: '新品推广支持', price: '3000', tax_rate: '0.06' },
  ],
  meat1: [
    { name: '冷库代储服务', price: '82000', tax_rate: '0.06', tax_code: code('30404') },
    { name: '分切加工费', price: '64000', tax_rate: '0.13' },
  ],
  veg1: [
    { name: '净菜分拣配送', price: '12000', tax_rate: '0.09', tax_code: code('301') },
    { name: '田间托管服务', price: '16000', tax_rate: '0.06' },
    { name: '外购蔬菜', price: '22000', tax_rate: '0.09', tax_code: code('101') },
  ],
};

type Months = { start: Date; days: number; zone: string };

const DAY_MS = 86_400_000;
const BILLED_ON = '25';

/** Plans the bill of each month, and its payment when it is due. */
export function planServices(
  lane: Lane,
  between: { seller: string; buyer: string; services: readonly Service[] },
  { start, days, zone }: Months,
): void {
  const { seller, buyer, services } = between;
  if (services.length === 0) return;
  for (let day = 0; day < days; day++) {
    const at = new Date(start.getTime() + day * DAY_MS);
    const date = dateInZone(at.toISOString(), zone);
    if (!date.endsWith(`-${BILLED_ON}`)) continue;
    lane.at(at, async () => {
      const lines = services.map((line) => ({ quantity: '1', unit: 'MON', ...line }));
      const { id } = await lane.as(seller, (tx) => billBuyer(tx, { buyer_id: buyer, lines }));
      const { clock } = await lane.as(seller, (tx) => getReceivable(tx, id));
      const due = new Date(`${addDays(clock.due_on, -1)}T03:00:00.000Z`);
      lane.at(due, () => payBill(lane, { seller, buyer }, id));
    });
  }
}
