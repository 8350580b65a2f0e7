import type { Messages } from '../en';

const number = new Intl.NumberFormat('zh');

export const window: Messages['window'] = {
  title: '上下文窗口',
  lead: '模型能读取的词元数量有限，对话与回复必须一起放得下。词元是一小段文本，常常只是词的一部分。',
  show: '显示上下文窗口。',
  meter: (used: number, total: number): string => `已用 ${number.format(used)} / ${number.format(total)} 个词元。`,
  percent: (part: number): string => `${part > 0 && part < 0.01 ? '<1' : Math.round(part * 100)}%`,
  number: (value: number): string => number.format(value),

  shares: {
    system: '系统提示词',
    recap: '摘要',
    messages: '消息',
    draft: '草稿',
    reserved: '为回复预留',
    free: '空闲',
  },
  missing: (tokens: number): string => `超出 ${number.format(tokens)} 个词元，需要移出部分内容。`,

  whenFull: '窗口已满时',
  serverDecides: '由服务器的设置决定。',
  policies: {
    rolling: { name: '移出最早的消息', about: '移出最早的消息，模型不再知道其内容。' },
    recap: { name: '概括最早的消息', about: '移出最早的消息，由模型写一份摘要代替。' },
    recall: { name: '召回相关的消息', about: '移出最早的消息，再取回与最新消息有相同罕见词的消息。' },
    'sink-shift': { name: '保留开头', about: '保留第一条消息，逐步移出其后的消息。长对话中速度最快。' },
    split: { name: '仅摘要与最新消息', about: '移出最新消息之前的全部消息，以摘要代替。' },
    strict: { name: '不移出任何内容', about: '不移出任何内容。窗口已满时，新消息会被拒绝。' },
  },

  leftOut: '已移出',
  nothingCut: '没有：模型能看到整个对话。',
  cut: (count: number): string => `模型看不到其中 ${number.format(count)} 条消息，但它们仍保留在对话中。`,
  recalled: (count: number): string => `其中 ${number.format(count)} 条在上次回复时被召回。`,
  recapIs: '以下摘要代替了它们：',

  last: '上次回复',
  next: '下次回复',
  policy: '已满时',
  facts: {
    prompt_tokens: '读取的词元',
    reserved_tokens: '为回复预留',
    kept_messages: '保留的消息',
    cut_messages: '移出的消息',
    recap_tokens: '摘要的词元',
    recalled_messages: '召回的消息',
    truncated_tokens: '最新消息中截去的词元',
  },
};
