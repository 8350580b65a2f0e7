import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import type { Model } from '../api/types';
import { ModelPicker } from './ModelPicker';

const CRIA: Model = {
  id: 'cria',
  context_length: 2048,
  family: 'vicuna-v1.1',
  architecture: 'llama',
  parameters: 3_221_952,
  quantization: 'Q8_0',
  size: 3_480_448,
  license: 'apache-2.0',
  owned_by: 'corral',
  state: 'ready',
};
const MODELS: readonly Model[] = [
  CRIA,
  { ...CRIA, id: 'broken', state: 'failed', failure: 'The file is truncated.' },
  { ...CRIA, id: 'llama', state: 'loading', progress: 0.5 },
];

const onChoose = vi.fn<(model: string) => void>();

beforeEach(() => {
  onChoose.mockReset();
  Element.prototype.scrollIntoView = () => undefined;
});

it('is chosen from with the keyboard alone, but for a model that has failed', async () => {
  render(<ModelPicker models={MODELS} chosen="cria" onChoose={onChoose} />);

  await userEvent.tab();
  await userEvent.keyboard('{Enter}{ArrowDown}{Enter}');
  expect(onChoose).not.toHaveBeenCalled();
  expect(screen.getByText('Could not be loaded: The file is truncated.')).toBeTruthy();
  await userEvent.keyboard('{ArrowDown}{Enter}');

  expect(onChoose).toHaveBeenCalledExactlyOnceWith('llama');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /cria/ }));
});

it('finds a model by its first letters', async () => {
  render(<ModelPicker models={MODELS} chosen="cria" onChoose={onChoose} />);
  await userEvent.click(screen.getByRole('button', { name: /cria/ }));

  await userEvent.keyboard('ll{Enter}');

  expect(onChoose).toHaveBeenCalledExactlyOnceWith('llama');
});

it('closes by Escape, which stops nothing else, and gives the focus back', async () => {
  const elsewhere = vi.fn();
  window.addEventListener('keydown', elsewhere);
  render(<ModelPicker models={MODELS} chosen="cria" onChoose={onChoose} />);
  const button = screen.getByRole('button', { name: /cria/ });
  await userEvent.click(button);

  await userEvent.keyboard('{Escape}');
  window.removeEventListener('keydown', elsewhere);

  expect(elsewhere).not.toHaveBeenCalled();
  expect(screen.queryByRole('listbox')).toBeNull();
  expect(document.activeElement).toBe(button);
});

it('tells what the only model is where there is no choice', async () => {
  render(<ModelPicker models={[CRIA]} chosen="cria" onChoose={onChoose} />);

  await userEvent.click(screen.getByRole('button', { name: /cria/ }));

  expect(screen.queryByRole('listbox')).toBeNull();
  const details = screen.getByRole('dialog').textContent;
  expect(details).toContain('vicuna-v1.1 · 3.22M parameters · Q8_0 · 3.48 MB');
  expect(details).toContain('Window of 2,048 tokens · License apache-2.0');
});

it('goes on naming a model that is served no longer', () => {
  render(<ModelPicker models={[CRIA]} chosen="gone" onChoose={onChoose} />);

  expect(screen.getByRole('button').textContent).toContain('gone');
  expect(screen.getByRole('button').textContent).toContain('no longer served');
});
