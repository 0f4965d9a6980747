import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { Card } from '../../controls/Card.tsx';
import { Drawer } from '../../controls/Drawer.tsx';
import { Tag } from '../../controls/Tag.tsx';
import type { FormCheck, FormDraftContent } from '../../generated/api.ts';
import { useBilingual } from '../../kernel/bilingual.ts';
import { Foot } from './Items.tsx';
import { Listed } from './Listed.tsx';
import { freeName, moved, replaced, without } from './listed.ts';
import { RuleEditor } from './RuleEditor.tsx';
import { useFormTexts } from './texts.ts';
import type { Faults } from './use-check.ts';
import type { Edit } from './use-draft.ts';

type Rule = FormDraftContent['rules'][number];

const MOST_RULES = 200;

type Props = {
  content: FormDraftContent;
  edit: Edit;
  faults: Faults;
  check: FormCheck | undefined;
};

/** What has to hold between the items; each rule is written in a sheet of its own. */
export function Rules({ content, edit, faults, check }: Props) {
  const t = useFormTexts();
  const [open, setOpen] = useState<number | null>(null);
  const { rules, items } = content;
  const shown = open === null ? undefined : rules[open];
  return (
    <Card
      title={t('tab_rules')}
      action={
        <Button
          icon="plus"
          disabled={rules.length >= MOST_RULES}
          onClick={() => {
            edit({ rules: [...rules, newRule(rules)] });
            setOpen(rules.length);
          }}
        >
          {t('add_rule')}
        </Button>
      }
    >
      {rules.length === 0 && (
        <p className="muted">
          {t('no_rules')}。{t('no_rules_more')}
        </p>
      )}
      <RuleList {...{ rules, edit, faults, check }} onOpen={setOpen} />
      <Drawer
        open={shown !== undefined}
        title={t('rule_of', { id: shown?.id ?? '' })}
        onClose={() => setOpen(null)}
        footer={
          shown &&
          open !== null && (
            <Foot
              onDone={() => setOpen(null)}
              onRemove={() => {
                edit({ rules: without(rules, open) });
                setOpen(null);
              }}
            />
          )
        }
      >
        {shown && open !== null && (
          <RuleEditor
            key={open}
            rule={shown}
            path={`rules/${open}`}
            items={items}
            checked={check?.rules[open]}
            faults={faults}
            onChange={(rule) => edit({ rules: replaced(rules, open, rule) })}
          />
        )}
      </Drawer>
    </Card>
  );
}

const newRule = (rules: readonly Rule[]): Rule => ({
  id: freeName(
    'H',
    rules.map(({ id }) => id),
  ),
  level: 'hard',
  expression: '',
  explanation: { zh: '', en: '' },
});

type ListProps = {
  rules: readonly Rule[];
  edit: Edit;
  faults: Faults;
  check: FormCheck | undefined;
  onOpen: (at: number) => void;
};

function RuleList({ rules, edit, faults, check, onOpen }: ListProps) {
  const t = useFormTexts();
  const read = useBilingual();
  return (
    <ol className="form-list">
      {rules.map((rule, at) => {
        const fault = check?.rules[at]?.fault;
        return (
          <Listed
            // biome-ignore lint/suspicious/noArrayIndexKey: an id is empty, or twice, while typed
            key={at}
            title={read(rule.explanation)}
            code={rule.id}
            about={<code>{rule.expression || '–'}</code>}
            tags={
              <>
                <span className="small">{t(`level_${rule.level}`)}</span>
                {fault && rule.expression && (
                  <Tag tone="late">
                    {t('at_character', { column: fault.column, words: read(fault) })}
                  </Tag>
                )}
              </>
            }
            faults={faults.count(`rules/${at}`)}
            isFirst={at === 0}
            isLast={at === rules.length - 1}
            onOpen={() => onOpen(at)}
            onMove={(by) => edit({ rules: moved(rules, at, by) })}
          />
        );
      })}
    </ol>
  );
}
