import { Link } from '@tanstack/react-router';
import type { OrderView } from '../../generated/api.ts';
import type { Step } from './next-step.ts';
import { useOrderTexts } from './texts.ts';

type Props = { view: OrderView; step: Step; onOpen: (step: Step) => void };

/** A step behind "more": a page where it has many entries, else a sheet on this page. */
export function StepLink({ view: { order, despatches }, step, onOpen }: Props) {
  const t = useOrderTexts();
  const waiting = despatches.find(({ state }) => state === 'under_way');
  const pages: Partial<Record<Step, string>> = {
    respond: `/orders/${order.id}/answer`,
    despatch: `/orders/${order.id}/despatch`,
    invoice: `/orders/${order.id}/invoice`,
    receive: `/shipments/${waiting?.id}/receive`,
  };
  const page = pages[step];
  return page ? (
    <Link to={page} className="menu-item">
      {t(`step_${step}`)}
    </Link>
  ) : (
    <button type="button" className="menu-item" onClick={() => onOpen(step)}>
      {t(`step_${step}`)}
    </button>
  );
}
