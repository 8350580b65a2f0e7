const STORY =
  'Once upon a time, a young llama lived in a small corral at the foot of a mountain. ' +
  'Every morning she walked to the gate, looked at the snow on the peaks, and wondered who lived up there.\n\n';

const CODE = 'Here is a small program:\n\n```python\ndef greet(name):\n    print(f"Hello, {name}!")\n```\n\nIt greets by name.';

/** What a small model might reply; the last text is the question, those before it are the conversation. */
export function fakeReply(texts: readonly string[]): string {
  const question = texts.at(-1) ?? '';
  if (question.includes('capital of France')) {
    return ' The capital of France is Paris.';
  }
  if (question.includes('my name?')) {
    const name = texts.map((text) => /[Mm]y name is (\w+)/.exec(text)?.[1]).find((found) => found !== undefined);
    return name === undefined ? ' You have not told me your name.' : ` Your name is ${name}.`;
  }
  if (question.includes('my name is') || question.includes('My name is')) {
    return ' Nice to meet you! How can I help you today?';
  }
  if (question.includes('story')) {
    return ` ${STORY.repeat(question.includes('long') ? 30 : 1)}`;
  }
  return question.includes('code') ? ` ${CODE}` : ` ${STORY}`;
}
