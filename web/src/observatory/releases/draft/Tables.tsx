import { Button } from '../../../controls/Button.tsx';
import { Card } from '../../../controls/Card.tsx';
import { useReleaseTexts } from '../texts.ts';
import { useNames } from '../use-names.ts';
import { variablesIn } from './entry.ts';
import type { PartProps } from './Material.tsx';

const MOST_TABLES = 8;

/** The tables that come out together, each by the variables that are ticked. */
export function Tables({ entry, onChange }: PartProps) {
  const t = useReleaseTexts();
  const names = useNames([]);
  const variables = variablesIn(entry);
  const { tables } = entry;
  const put = (at: number, dimensions: readonly string[]) =>
    onChange({ tables: tables.with(at, dimensions) });
  return (
    <Card
      title={t('by')}
      note={t('by_note')}
      action={
        <Button
          icon="plus"
          size="small"
          disabled={tables.length >= MOST_TABLES || variables.length === 0}
          onClick={() => onChange({ tables: [...tables, variables.slice(0, 1)] })}
        >
          {t('add_table')}
        </Button>
      }
    >
      {variables.length === 0 && <p className="muted">{t('by_none')}</p>}
      {variables.length > 0 &&
        tables.map((dimensions, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a table has no name of its own
          <fieldset key={at} className="release-table">
            <legend className="field-label">{t('table_of', { number: at + 1 })}</legend>
            {variables.map((variable) => (
              <label key={variable} className="row">
                <input
                  type="checkbox"
                  checked={dimensions.includes(variable)}
                  onChange={(event) =>
                    put(
                      at,
                      event.target.checked
                        ? [...dimensions, variable]
                        : dimensions.filter((one) => one !== variable),
                    )
                  }
                />
                {names.variable(variable)}
              </label>
            ))}
            {tables.length > 1 && (
              <Button
                size="small"
                kind="quiet"
                onClick={() => onChange({ tables: tables.toSpliced(at, 1) })}
              >
                {t('remove_table')}
              </Button>
            )}
          </fieldset>
        ))}
    </Card>
  );
}
