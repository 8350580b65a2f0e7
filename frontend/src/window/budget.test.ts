import { expect, it } from 'vitest';

import type { Model, NextWindow, WindowReport } from '../api/types';
import { emptyBudget, fitOf, freeTokens, fullness, givenBudget, plannedBudget, shares, usedTokens, type WindowBudget } from './budget';

const BUDGET: WindowBudget = { total: 2048, system: 40, recap: 100, messages: 900, reserved: 512 };

const NEXT: NextWindow = {
  policy: 'recap',
  context_tokens: 2048,
  reserved_tokens: 512,
  system_tokens: 40,
  message_tokens: 900,
  prompt_tokens: 1040,
  kept_messages: 8,
  cut_messages: 4,
  recap_tokens: 100,
  recap: 'Of capitals.',
  first_kept_id: 'm5',
};

const GIVEN: WindowReport = {
  policy: 'rolling',
  context_tokens: 2048,
  reserved_tokens: 512,
  prompt_tokens: 300,
  kept_messages: 3,
  cut_messages: 0,
  recap_tokens: 0,
  recalled_messages: 0,
  truncated_tokens: 0,
};

it('divides what the server plans', () => {
  expect(plannedBudget(NEXT)).toEqual(BUDGET);
});

it('counts the last reply in where only its own window is known', () => {
  expect(givenBudget(GIVEN, 50)).toEqual({ total: 2048, system: 0, recap: 0, messages: 350, reserved: 512 });
});

it('keeps no more than half of an empty window for the reply', () => {
  const model = { context_length: 2048 } as Model;

  expect(emptyBudget(model, {}, 12)).toEqual({ total: 2048, system: 12, recap: 0, messages: 0, reserved: 0 });
  expect(emptyBudget(model, { max_tokens: 100 }, 0).reserved).toBe(100);
  expect(emptyBudget(model, { max_tokens: 5000 }, 0).reserved).toBe(1024);
});

it('adds up to the whole window', () => {
  const parts = shares(BUDGET, 96);

  expect(usedTokens(BUDGET, 96)).toBe(1136);
  expect(freeTokens(BUDGET, 96)).toBe(400);
  expect(parts.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(2048);
  expect(parts.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
});

it('draws no negative parts where there is too much', () => {
  const parts = shares(BUDGET, 5000);

  expect(parts.at(-1)).toEqual({ name: 'free', tokens: 0, part: 0 });
  expect(parts.reduce((sum, { part }) => sum + part, 0)).toBeCloseTo(1);
});

it('is never fuller than full, and empty where there is no window', () => {
  expect(fullness(BUDGET, 0)).toBeCloseTo(1040 / 2048);
  expect(fullness(BUDGET, 99_999)).toBe(1);
  expect(fullness({ total: 0, system: 0, recap: 0, messages: 0, reserved: 0 }, 0)).toBe(0);
});

it.each([
  [496, false, 'fits'],
  [497, false, 'cuts'],
  [497, true, 'cuts'],
  [993, true, 'refused'],
  [993, false, 'cuts'],
  [1992, false, 'cuts'],
  [1993, false, 'too-long'],
  [1993, true, 'too-long'],
] as const)('knows that a draft of %i tokens, strict %s: %s', (draft, strict, fit) => {
  expect(fitOf(BUDGET, draft, strict)).toBe(fit);
});
