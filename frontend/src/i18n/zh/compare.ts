import type { Messages } from '../en';

export const compare: Messages['compare'] = {
  title: '并排比较',
  anew: '新的比较',
  sides: '两侧',
  first: 'A',
  second: 'B',
  side: (name) => `${name} 侧`,
  settings: '设置',
  settingsOf: (name) => `${name} 的设置`,
  model: '模型',
  temperature: '温度',
  temperatureRange: '0 到 2 之间。',
  window: '上下文窗口已满时',
  system: '系统提示词',
  serverDefault: '服务器默认',
  modelDefault: '模型自带',
  summary: (model, temperature, window) =>
    [model, temperature === null ? null : `温度 ${temperature}`, window].filter((part) => part !== null).join('，'),
  message: '发给两侧的消息',
  placeholder: '写给两侧',
  send: '发送给两侧',
  stopBoth: '停止两侧',
  sendAgain: '重新发送',
  carryOn: (name) => `以 ${name} 继续`,
  otherDeleted: '另一个对话已删除。',
  conversationTitle: (beginning, name) => `${name}：${beginning}`,
};
