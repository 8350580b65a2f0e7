import type { ApiMessage } from '../api/reply';
import type { Turn } from './conversation';

/**
 * The messages to send so that the model can reply to the question. Turns without any reply text are left out: the
 * templates of many models demand that the roles take turns.
 */
export function messagesFor(earlier: readonly Turn[], question: string): readonly ApiMessage[] {
  const answered = earlier.filter((turn) => turn.reply.text !== '');
  return [
    ...answered.flatMap((turn): ApiMessage[] => [
      { role: 'user', content: turn.question },
      { role: 'assistant', content: turn.reply.text },
    ]),
    { role: 'user', content: question },
  ];
}
