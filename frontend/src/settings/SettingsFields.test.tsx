import { fireEvent, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { expect, it, vi } from 'vitest';

import type { ConversationSettings } from '../api/types';
import type { RefusedChange } from './PendingChanges';
import { SettingsFields } from './SettingsFields';
import { merged } from './useConversationSettings';

const onChange = vi.fn<(change: ConversationSettings) => void>();

function Fields({ initial, refused }: { readonly initial: ConversationSettings; readonly refused: RefusedChange | null }) {
  const [settings, setSettings] = useState(initial);
  const change = (changed: ConversationSettings): void => {
    onChange(changed);
    setSettings((before) => merged(before, changed));
  };
  return <SettingsFields control={{ settings, change, refused }} contextTokens={2048} />;
}

function show(initial: ConversationSettings = {}, refused: RefusedChange | null = null): void {
  onChange.mockReset();
  render(<Fields initial={initial} refused={refused} />);
}

const temperature = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Temperature' });

it('changes a parameter that is typed, and takes it back when the field is emptied', async () => {
  show();

  await userEvent.type(temperature(), '0.5');
  expect(onChange).toHaveBeenLastCalledWith({ temperature: 0.5 });
  await userEvent.clear(temperature());

  expect(onChange).toHaveBeenLastCalledWith({ temperature: null });
});

it('sends nothing that is out of range, and says what is in it', async () => {
  show();

  await userEvent.type(temperature(), '9');

  expect(onChange).not.toHaveBeenCalled();
  expect(screen.getByRole('alert').textContent).toBe('Must be between 0 and 2.');
  expect(temperature().getAttribute('aria-invalid')).toBe('true');
});

it('shows what holds once a field with something wrong is left', async () => {
  show({ temperature: 0.5 });

  await userEvent.type(temperature(), 'x');
  await userEvent.tab();

  expect(temperature().value).toBe('0.5');
  expect(screen.queryByRole('alert')).toBeNull();
});

it('changes a parameter by its slider', () => {
  show();

  fireEvent.change(screen.getByRole('slider', { name: 'Top P, slider' }), { target: { value: '0.9' } });

  expect(onChange).toHaveBeenCalledExactlyOnceWith({ top_p: 0.9 });
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Top P' }).value).toBe('0.9');
});

it('tells which parameters are set, and resets one or all of them', async () => {
  show({ temperature: 0.5, top_k: 40, system: 'Be brief.' });

  await userEvent.click(screen.getByRole('button', { name: 'Reset: Temperature' }));
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ temperature: null });
  expect(screen.queryByRole('button', { name: 'Reset: Temperature' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Reset all' }));

  expect(screen.queryByRole('button', { name: 'Reset: Top K' })).toBeNull();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'System prompt' }).value).toBe('Be brief.');
});

it('shows why the server did not take a parameter', () => {
  const words = "'temperature' must be between 0 and 2, but is 5.0.";
  show({}, { names: ['temperature'], failure: { kind: 'refused', message: words } });

  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([words]);
});

it("tells the model's own system prompt from none and from a custom one", async () => {
  show();

  await userEvent.click(screen.getByRole('radio', { name: 'None' }));
  expect(onChange).toHaveBeenLastCalledWith({ system: '' });
  await userEvent.click(screen.getByRole('radio', { name: 'Custom' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Take a preset …' }), 'Translator');
  expect(onChange.mock.lastCall?.[0].system).toContain('Translate');
  await userEvent.click(screen.getByRole('radio', { name: "Model's own" }));

  expect(onChange).toHaveBeenLastCalledWith({ system: null });
});

it('adds and removes stop sequences as they are typed', async () => {
  show();
  const field = screen.getByRole('textbox', { name: 'Stop sequences' });

  await userEvent.type(field, 'User:{Enter}\\n\\n{Enter}');
  expect(onChange).toHaveBeenLastCalledWith({ stop: ['User:', '\n\n'] });
  await userEvent.click(screen.getByRole('button', { name: 'Remove: User:' }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove: \\n\\n' }));

  expect(onChange).toHaveBeenLastCalledWith({ stop: null });
});
