import type { Messages } from '../en';

export const list: Messages['list'] = {
  conversations: '对话',
  archived: '已归档的对话',
  showArchived: '显示已归档的对话',
  backFromArchived: '返回对话列表',
  group: (name, thisYear) => {
    switch (name.kind) {
      case 'pinned':
        return '已置顶';
      case 'today':
        return '今天';
      case 'yesterday':
        return '昨天';
      case 'week':
        return '最近 7 天';
      case 'month':
        return new Intl.DateTimeFormat('zh-Hans', {
          month: 'long',
          ...(name.year === thisYear ? {} : { year: 'numeric' }),
        }).format(new Date(name.year, name.month));
    }
  },
  none: '还没有对话。发送一条消息即可开始。',
  noneArchived: '没有已归档的对话。归档的对话会保存在这里。',
  more: '更多对话',
  replying: '正在生成回复',

  actions: (title) => `“${title}”的操作`,
  pin: '置顶',
  unpin: '取消置顶',
  rename: '重命名',
  title: '标题',
  archive: '归档',
  unarchive: '移回列表',
  share: '分享',
  exportMarkdown: '导出为 Markdown',
  exportJson: '导出为 JSON',
  exportShareGpt: '导出为 ShareGPT',
  delete: '删除',
  deleted: (title) => `已删除“${shortened(title)}”。`,
  notDeleted: (reason) => `无法删除。${reason}`,
  notChanged: (reason) => `更改未保存。${reason}`,

  search: '搜索',
  clearSearch: '清除搜索',
  searching: '正在搜索',
  found: (count, more) => `找到${more ? '超过 ' : ' '}${count} 个对话`,
  nothingFound: (query) => `未找到与“${shortened(query)}”相关的内容。`,
  moreFound: '更多结果',

  shareTitle: (title) => `分享“${shortened(title)}”`,
  shareWhat:
    '任何拥有此链接的人无需登录即可阅读标题以及当前分支中现有的消息。之后的消息、其他分支、系统提示词和您的设置不会显示。',
  makeLink: '生成链接',
  link: '链接',
  copy: '复制',
  copied: '已复制',
  copyByHand: '请按 Ctrl+C 复制链接。',
  linkOnce: '此链接仅显示这一次。您可以随时生成新的链接。',
  endLinks: '终止所有链接',
  linksEnded: '此对话的所有链接均已终止。',
  sharedEnded: '此链接没有对应的对话',
  sharedEndedHint: '分享者可能已终止此链接，或链接不完整。',
  sharedNote: '这是分享的对话，内容为生成链接时的状态。',
  earlier: '更早的消息',
  you: '您',
  model: '模型',
  tool: '工具',

  compare: '比较模型',
  compareTitle: '比较',
  settings: '设置',
  operator: '运维',
  menu: '更多',
  exportAllJson: '导出全部 (JSON)',
  exportAllShareGpt: '导出全部 (ShareGPT)',
  import: '导入对话',
  signOut: '退出登录',
  signedInAs: (name) => `已登录：${name}`,

  dropHere: '将对话文件拖放到此处',
  dropHint: 'Corral 和 ChatGPT 的导出文件、ShareGPT 数据以及 FastChat 日志。',
  importing: (file) => `正在导入 ${file}`,
  waiting: (count) => `还有 ${count} 个文件等待导入`,
  sent: (percent) => `已上传 ${percent}%`,
  reading: '服务器正在读取',
  importedSoFar: (count) => `已导入 ${count} 个对话`,
  refusedSoFar: (count) => `${count} 个被拒绝`,
  imported: '导入完成',
  importCancelled: '导入已取消',
  importFailed: '导入失败',
  importStays: '此前已导入的内容会保留。',
  refusedOne: (number, problem) => `第 ${number} 个：${problem}`,
  refusedMore: (count) => `以及另外 ${count} 个`,
  refusedList: '被拒绝的对话',
};

/** Texts of people can be of any length. */
function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : text;
}
