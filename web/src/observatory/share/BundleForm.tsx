import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { sayDone } from '../../controls/toast.tsx';
import { useCommand } from '../../kernel/api/use-api.ts';
import {
  bodyOf,
  EMPTY_PROMISE,
  isClassWrong,
  isPriceWrong,
  isWhole,
  LEAST_PROMISES,
  MOST_PROMISES,
  type Promised,
} from './bundle.ts';
import { useShareTexts } from './texts.ts';

/** What one price promises, and what each part is sold for by itself. */
export function BundleForm({ product_id, onDone }: { product_id: string; onDone: () => void }) {
  const t = useShareTexts();
  const [promises, setPromises] = useState<readonly Promised[]>([
    EMPTY_PROMISE(1),
    EMPTY_PROMISE(2),
  ]);
  const describe = useCommand('product_bundle.describe', () => {
    sayDone(t('bundled'));
    onDone();
  });
  const change = (id: number, more: Partial<Promised>) =>
    setPromises(promises.map((one) => (one.id === id ? { ...one, ...more } : one)));
  return (
    <StepForm
      submit={t('bundle_send')}
      busy={describe.isPending}
      error={describe.error}
      disabled={!isWhole(promises)}
      onSubmit={() => describe.mutate({ body: { product_id, obligations: bodyOf(promises) } })}
    >
      <p className="muted">{t('bundle_help')}</p>
      {promises.map((promise, at) => (
        <OnePromise
          key={promise.id}
          number={at + 1}
          promise={promise}
          onChange={(more) => change(promise.id, more)}
          onDrop={
            promises.length > LEAST_PROMISES
              ? () => setPromises(promises.filter(({ id }) => id !== promise.id))
              : undefined
          }
        />
      ))}
      {promises.length < MOST_PROMISES && (
        <Button
          icon="plus"
          onClick={() =>
            setPromises([...promises, EMPTY_PROMISE(Math.max(...promises.map(({ id }) => id)) + 1)])
          }
        >
          {t('add_promise')}
        </Button>
      )}
    </StepForm>
  );
}

type Props = {
  number: number;
  promise: Promised;
  onChange: (more: Partial<Promised>) => void;
  onDrop: (() => void) | undefined;
};

function OnePromise({ number, promise, onChange, onDrop }: Props) {
  const t = useShareTexts();
  const { name, low, high, industry_class } = promise;
  return (
    <fieldset className="promise">
      <legend className="strong">{t('promise', { number })}</legend>
      <TextField
        label={t('promise_name')}
        value={name}
        maxLength={200}
        onChange={(value) => onChange({ name: value })}
      />
      <div className="promise-prices">
        <TextField
          label={t('promise_low')}
          inputMode="decimal"
          value={low}
          hint={t('promise_price_hint')}
          fault={isPriceWrong(promise) ? t('promise_price_fault') : undefined}
          onChange={(value) => onChange({ low: value })}
        />
        <TextField
          label={t('promise_high')}
          inputMode="decimal"
          value={high}
          onChange={(value) => onChange({ high: value })}
        />
      </div>
      <TextField
        label={t('promise_class')}
        inputMode="numeric"
        optional
        value={industry_class}
        fault={isClassWrong(promise) ? t('promise_class_fault') : undefined}
        onChange={(value) => onChange({ industry_class: value })}
      />
      {onDrop && (
        <Button size="small" kind="quiet" onClick={onDrop}>
          {t('drop_promise', { number })}
        </Button>
      )}
    </fieldset>
  );
}
