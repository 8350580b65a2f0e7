import type { Messages } from '../en';

export const composer: Messages['composer'] = {
  message: '消息',
  placeholder: '输入消息',
  send: '发送',
  stop: '停止',
  keysHint: 'Enter 发送，Shift+Enter 换行。',
  stopHint: '正在回复。按 Esc 停止。',
  connecting: '正在连接服务器。',
  nothingToSend: '请先输入消息。',
};
