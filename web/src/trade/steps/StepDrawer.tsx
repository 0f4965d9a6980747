import { Drawer } from '../../controls/Drawer.tsx';
import type { OrderView } from '../../generated/api.ts';
import { CreditForm } from '../../money/CreditForm.tsx';
import { DisputeForm } from '../../money/DisputeForm.tsx';
import { PayForm } from '../../money/PayForm.tsx';
import type { Step } from '../order/next-step.ts';
import { CancelForm } from './CancelForm.tsx';
import { ChangeForm } from './ChangeForm.tsx';
import { CounterForm } from './CounterForm.tsx';
import { ReturnForm } from './ReturnForm.tsx';
import { useStepTexts } from './texts.ts';

type Props = { view: OrderView; step: Step | undefined; onClose: () => void };

/** The steps that need a few entries, in a sheet over the order. */
export function StepDrawer({ view, step, onClose }: Props) {
  const t = useStepTexts();
  return (
    <Drawer open={step !== undefined} title={step ? t(step) : ''} onClose={onClose}>
      {step && <StepBody view={view} step={step} onClose={onClose} />}
    </Drawer>
  );
}

function StepBody({ view, step, onClose }: Props & { step: Step }) {
  const { order, receivables } = view;
  const [first] = receivables;
  switch (step) {
    case 'answer_counter':
      return <CounterForm order={order} onDone={onClose} />;
    case 'change':
      return <ChangeForm order={order} onDone={onClose} />;
    case 'cancel':
      return <CancelForm order={order} onDone={onClose} />;
    case 'return':
      return <ReturnForm order={order} onDone={onClose} />;
    case 'pay':
      return first ? (
        <PayForm
          payee={order.seller.id}
          payer={order.buyer.id}
          owed={receivables}
          onDone={onClose}
        />
      ) : null;
    case 'dispute':
      return <DisputeForm owed={receivables} onDone={onClose} />;
    case 'credit':
      return <CreditForm owed={receivables} onDone={onClose} />;
    default:
      return null;
  }
}
