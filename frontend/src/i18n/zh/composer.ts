import type { SendBlock } from '../../composer/sendBlock';
import type { Messages } from '../en';
import { app } from './app';

const number = new Intl.NumberFormat('zh');

export const composer: Messages['composer'] = {
  message: '消息',
  placeholder: '输入消息',
  send: '发送',
  stop: '停止',
  keysHint: 'Enter 发送，Shift+Enter 换行。',
  stopHint: '正在回复。按 Esc 停止。',
  rename: '重命名',
  title: '标题',
  nothingToSend: '请先输入消息。',

  block: (block: SendBlock): string => {
    switch (block.kind) {
      case 'connecting':
        return '正在连接服务器。';
      case 'away':
        return `${app.failure(block.failure)}正在重试。`;
      case 'opening':
        return '对话尚未打开。';
      case 'no-model':
        return '服务器没有可用的模型，请联系管理员添加。';
      case 'not-served':
        return `模型 ${block.model} 已不再提供，请在上方选择其他模型。`;
      case 'loading':
        return block.progress === null
          ? `模型 ${block.model} 正在加载。`
          : `模型 ${block.model} 正在加载：${Math.floor(block.progress * 100)}%。`;
      case 'failed':
        return `模型 ${block.model} 加载失败${block.reason === null ? '。' : `：${block.reason}`}`;
      case 'replying':
        return '请等待回复结束，或将其停止。';
    }
  },

  characters: (count: number): string => `${number.format(count)} 个字符`,
  tokens: (count: number, estimated: boolean): string => `${estimated ? '约 ' : ''}${number.format(count)} 个词元`,
  left: (tokens: number): string => `剩余 ${number.format(tokens)}`,
  cuts: '将移出较早的消息',
  tooLong: (tokens: number, total: number, estimated: boolean): string =>
    `消息太长：${estimated ? '约 ' : ''}${number.format(tokens)} 个词元，而模型的窗口只有 ${number.format(total)} 个。请缩短消息。`,
  refused: (total: number): string =>
    `消息与对话一起放不进 ${number.format(total)} 个词元的窗口，而当前策略不允许移出内容。请缩短消息，或改用其他策略。`,
};
