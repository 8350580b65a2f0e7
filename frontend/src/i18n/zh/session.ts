import type { Messages } from '../en';

export const session: Messages['session'] = {
  signIn: '登录',
  why: '此服务器需要 API 密钥。',
  signedOut: '您的密钥已失效。请登录以继续；您正在编写的内容仍会保留。',
  key: 'API 密钥',
  wrongKey: '密钥不正确，或已被撤销。',
  noKey: '请先输入密钥。',
  tooMany: '尝试次数过多。',
  whereFrom: '如果没有密钥，请向此服务器的管理者索取。',
  unreachable: '无法连接到服务器',
  offline: '您已离线',
  trying: '正在持续重试，直到恢复连接。',
  failed: '页面无法启动',
  notSignedOut: (reason) => `您仍处于登录状态。${reason}`,
};
