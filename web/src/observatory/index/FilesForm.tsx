import { useState } from 'react';
import { Button } from '../../controls/Button.tsx';
import { TextField } from '../../controls/Field.tsx';
import { StepForm } from '../../controls/StepForm.tsx';
import { TextArea } from '../../controls/TextArea.tsx';
import { useLanguage } from '../../kernel/i18n/texts.ts';
import { saveSheet } from '../../table/sheet.ts';
import { TextFile } from '../TextFile.tsx';
import { EXAMPLES } from './example.ts';
import type { Files, RecipeGiven } from './recipe.ts';
import { commonRecipe, readRecipeFile } from './recipe-file.ts';
import { useIndexTexts } from './texts.ts';

/** What the API takes is a little more: the files travel as JSON. */
const MOST_BYTES = 1_800_000;

/** Two tables and a recipe of the reader's own; without a recipe, what most would do. */
export function FilesForm({ onFiles }: { onFiles: (files: Files) => void }) {
  const t = useIndexTexts();
  const language = useLanguage();
  const [units, setUnits] = useState('');
  const [framework, setFramework] = useState('');
  const [recipe, setRecipe] = useState<RecipeGiven | null>();
  const [name, setName] = useState('');
  const [unmeasured, setUnmeasured] = useState('');
  const isTooBig = new Blob([units, framework]).size > MOST_BYTES;
  const save = (name: 'units' | 'framework') => saveSheet(name, EXAMPLES[language][name]);
  const made = recipe ?? commonRecipe(name, unmeasured);
  return (
    <StepForm
      submit={t('files_send')}
      busy={false}
      error={null}
      disabled={units === '' || framework === '' || made === null || isTooBig}
      onSubmit={() => made && onFiles({ units, framework, recipe: made })}
    >
      <p className="muted">{t('files_help')}</p>
      <div className="row">
        <Button size="small" kind="quiet" icon="download" onClick={() => save('units')}>
          {t('save_units')}
        </Button>
        <Button size="small" kind="quiet" icon="download" onClick={() => save('framework')}>
          {t('save_framework')}
        </Button>
      </div>
      <TextFile
        label={t('units_file')}
        hint={t('units_hint')}
        accept=".csv,text/csv"
        fault={isTooBig ? t('too_big', { limit: '1.8 MB' }) : undefined}
        onText={setUnits}
      />
      <TextFile
        label={t('framework_file')}
        hint={t('framework_hint')}
        accept=".csv,text/csv"
        onText={setFramework}
      />
      <TextFile
        label={t('recipe_file')}
        hint={t('recipe_hint')}
        optional
        accept=".json,application/json"
        fault={recipe === null ? t('wrong_json') : undefined}
        onText={(text) => setRecipe(readRecipeFile(text))}
      />
      {!recipe && (
        <>
          <TextField label={t('name_field')} value={name} maxLength={100} onChange={setName} />
          <TextArea
            label={t('unmeasured_field')}
            hint={t('unmeasured_hint')}
            value={unmeasured}
            onChange={setUnmeasured}
          />
        </>
      )}
    </StepForm>
  );
}
