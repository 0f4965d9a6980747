import { useState } from 'react';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { sayDone } from '../../controls/toast.tsx';
import type { Order } from '../../generated/api.ts';
import { useCommand } from '../../kernel/api/use-api.ts';
import { useStepTexts } from './texts.ts';

export function CancelForm({ order, onDone }: { order: Order; onDone: () => void }) {
  const t = useStepTexts();
  const [reason, setReason] = useState('');
  const cancel = useCommand('order.cancel', () => {
    sayDone(t('cancelled_done'));
    onDone();
  });
  return (
    <StepForm
      submit={t('send_cancel')}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      disabled={!reason.trim()}
      onSubmit={() => cancel.mutate({ params: { id: order.id }, body: { reason: reason.trim() } })}
    >
      <p className="muted">{t('cancel_hint')}</p>
      <TextArea label={t('cancel_reason')} value={reason} onChange={setReason} />
    </StepForm>
  );
}
