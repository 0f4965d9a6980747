import { useProductName } from '../../commerce/product-names.ts';
import { Button } from '../../controls/Button.tsx';
import { DateField } from '../../controls/DateInput.tsx';
import { TextField } from '../../controls/Field.tsx';
import type { Order, OrderLine } from '../../generated/api.ts';
import { parseDecimal } from '../../kernel/format/entry.ts';
import { useFormat } from '../../kernel/format/format.ts';
import { leftToSend } from './defaults.ts';
import type { DespatchProposal } from './despatch-proposal.ts';
import { type LotEntry, newEntry } from './lot-entries.ts';
import { useStepTexts } from './texts.ts';

type Props = {
  order: Order;
  missing: DespatchProposal['missing'];
  entries: readonly LotEntry[];
  onChange: (entries: readonly LotEntry[]) => void;
};

/** What leaves: each line with its lots. */
export function DespatchedLines({ order, missing, entries, onChange }: Props) {
  const t = useStepTexts();
  const format = useFormat();
  const productName = useProductName();
  const replace = (next: LotEntry) =>
    onChange(entries.map((one) => (one.key === next.key ? next : one)));
  const add = ({ line_no }: OrderLine) =>
    onChange([...entries, newEntry(line_no, `${line_no}-${entries.length}`)]);
  return order.lines
    .filter((line) => leftToSend(line).gt(0))
    .map((line) => {
      const short = missing.find((one) => one.line.line_no === line.line_no);
      const left = format.quantity(leftToSend(line).toFixed(), line.unit);
      return (
        <section key={line.line_no} className="stack-tight offer">
          <h3>{productName(line)}</h3>
          <p className="muted small">
            {t('left', { quantity: left })}
            {short && (
              <span className="late">
                {' · '}
                {t('missing', { quantity: format.quantity(short.quantity, line.unit) })}
              </span>
            )}
          </p>
          {entries
            .filter(({ order_line_no }) => order_line_no === line.line_no)
            .map((entry) => (
              <Lot key={entry.key} entry={entry} unit={line.unit} onChange={replace} />
            ))}
          <div>
            <Button kind="quiet" size="small" icon="plus" onClick={() => add(line)}>
              {t('add_lot')}
            </Button>
          </div>
        </section>
      );
    });
}

type LotProps = { entry: LotEntry; unit: string; onChange: (entry: LotEntry) => void };

function Lot({ entry, unit, onChange }: LotProps) {
  const t = useStepTexts();
  const format = useFormat();
  const wrong = entry.quantity.trim() !== '' && parseDecimal(entry.quantity) === undefined;
  return (
    <div className="entry-row">
      <TextField
        label={t('quantity')}
        value={entry.quantity}
        inputMode="decimal"
        suffix={format.unit(unit, entry.quantity)}
        fault={wrong ? t('fault_quantity') : undefined}
        onChange={(quantity) => onChange({ ...entry, quantity })}
      />
      <TextField
        label={t('lot')}
        value={entry.lot}
        onChange={(lot) => onChange({ ...entry, lot })}
      />
      <DateField
        label={t('best_before')}
        value={entry.best_before}
        onChange={(best_before) => onChange({ ...entry, best_before })}
      />
      <TextField
        label={t('sscc')}
        value={entry.sscc}
        inputMode="numeric"
        onChange={(sscc) => onChange({ ...entry, sscc })}
      />
    </div>
  );
}
