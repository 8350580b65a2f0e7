import type { Messages } from '../en';
import { daysBetween } from '../en/transcript';

export const transcript: Messages['transcript'] = {
  taskDone: '已完成',
  taskOpen: '未完成',
  conversation: '对话',
  you: '你',
  reply: '回复',
  systemMessage: '系统消息',
  toolResult: '工具结果',
  toolCall: (name) => `调用 ${name}`,
  showAll: '展开全部',
  showLess: '收起',

  welcome: '想了解些什么？',
  welcomeHint: '尽管问。对话保存在这台服务器上，可以在列表中再次找到。',
  suggestionsLabel: '可以这样开始',
  suggestions: ['法国的首都是哪里？', '讲一个关于羊驼的故事。', '写一首关于雨的诗。'],

  table: '表格',
  code: (language) => (language === '' ? '代码' : `代码：${language}`),
  copyCode: '复制代码',
  copy: '复制',
  copied: '已复制',
  notCopied: '浏览器不允许此页面复制。请选中文字自行复制。',
  plainNote: '这条消息无法排版，按原文显示。',

  edit: '编辑',
  editLabel: '编辑你的消息',
  editHint: '按 Enter 作为新的分支发送，按 Esc 保持原样。',
  sendEdit: '发送',
  regenerate: '重新回复',
  continue: '继续',
  goodReply: '回复得好',
  badReply: '回复得不好',
  takeBack: '撤回评价',
  reasonLabel: '原因（可不填）',
  reasonUp: '好在哪里？',
  reasonDown: '有什么问题？',
  sendReason: '提交',
  details: '详细信息',
  actions: '操作',
  branches: (place, all) => `第 ${place} 个版本，共 ${all} 个`,
  branchPlace: (place, all) => `${place}/${all}`,
  earlierBranch: '上一个版本',
  laterBranch: '下一个版本',
  whileReplying: '正在回复，暂时不能这样做。',
  notStoredYet: '消息保存之后才能这样做。',

  facts: {
    model: '模型',
    completion: '回复',
    prompt: '提示',
    firstToken: '首个词元用时',
    queue: '等待',
    prefill: '读取提示',
    decode: '书写',
    feedback: '你的理由',
  },
  tokens: (count) => `${number(count)} 个词元`,
  tokensAtRate: (count, perSecond) =>
    `${number(count)} 个词元，每秒 ${perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0)} 个`,
  tokensCached: (count, cached) =>
    cached === 0 ? `${number(count)} 个词元` : `${number(count)} 个词元，其中 ${number(cached)} 个来自缓存`,
  millis: (millis) => (millis < 1000 ? `${Math.round(millis)} 毫秒` : `${(millis / 1000).toFixed(1)} 秒`),

  sending: '正在发送',
  waiting: '正在等待模型',
  queued: (before) => (before === 0 ? '正在等待模型，下一个就是你。' : `正在等待模型：前面还有 ${number(before)} 个。`),
  reading: (processed, total, cached) =>
    `正在读取：${number(processed)} / ${number(total)} 个词元${cached === 0 ? '' : `，${number(cached)} 个来自缓存`}`,
  readingShort: '正在读取对话',
  writing: '正在回复',
  stopping: '正在停止',
  readingOn: (failure) =>
    failure.kind === 'offline' ? '你已离线。恢复联网后会继续读取。' : '连接已断开。服务器恢复后会继续读取。',
  stopped: '已停止。',
  interrupted: '回复写到一半时服务器中断了。',
  failed: (message) => (message === null ? '书写回复时出了问题。' : `书写回复时出了问题：${message}`),
  cutOff: '回复达到了允许的最大长度。',
  emptyReply: '回复为空。',
  noReply: '这条消息还没有回复。',
  askForReply: '请求回复',
  dismiss: '知道了',
  replyIs: (text) => `回复：${text}`,

  opening: '正在打开对话',
  tryingAgain: '正在重试。',
  earlier: '显示更早的消息',
  loadingEarlier: '正在加载更早的消息',
  jumpToLatest: '跳到最新',
  searchingMessage: '正在查找消息',

  cut: (messages) => `模型已看不到上面的 ${number(messages)} 条消息`,
  cutAs: (policy) => {
    switch (policy) {
      case 'recap':
      case 'split':
        return '它们以摘要代替。';
      case 'recall':
        return '相关的内容会被重新取回。';
      case 'sink-shift':
        return '最初的一轮会保留。';
      case 'rolling':
      case 'strict':
        return '';
    }
  },
  showRecap: '显示摘要',
  hideRecap: '隐藏摘要',
  noRecap: '无法显示摘要。',
  recalled: '为上一条回复重新取回',

  when: (date, now) => {
    const time = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit' }).format(date);
    const days = daysBetween(date, now);
    if (days < 2 && days >= 0) {
      return `${days === 0 ? '今天' : '昨天'} ${time}`;
    }
    const withYear = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
    return `${new Intl.DateTimeFormat('zh-CN', { day: 'numeric', month: 'long', ...withYear }).format(date)} ${time}`;
  },
};

function number(value: number): string {
  return value.toLocaleString('zh-CN');
}
