import type { Messages } from '../en';

export const app: Messages['app'] = {
  name: 'Corral',
  loading: '正在加载',
  skipToMessage: '跳到内容',
  newConversation: '新对话',
  untitled: '未命名对话',
  openList: '显示对话列表',
  closeList: '隐藏对话列表',
  close: '关闭',
  cancel: '取消',
  undo: '撤销',
  retry: '重试',
  notFound: '此地址没有内容。它可能已被删除，或属于其他人。',
  toNewConversation: '开始新对话',
  nothingHere: '此处没有内容',
  broken: '页面无法继续运行',
  brokenHint: '已发送的内容不会丢失。请重新加载页面以继续。',
  reload: '重新加载',
  offline: '您已离线。您输入的内容会保留在此，直到恢复连接。',
  away: '无法连接到服务器。正在重试。',
  shortcuts: '键盘快捷键',
  shortcutKeys: [
    ['Ctrl K', '搜索（在输入框之外也可按 /）'],
    ['Ctrl Shift O', '新对话'],
    ['↑ ↓', '在对话列表中移动'],
    ['F2', '重命名列表中的对话'],
    ['Delete', '删除列表中的对话'],
    ['Enter', '发送消息'],
    ['Shift Enter', '换行'],
    ['Esc', '停止回复，或关闭已打开的内容'],
    ['?', '显示这些快捷键'],
  ],

  failure: (failure) => {
    switch (failure.kind) {
      case 'offline':
        return '您已离线，请检查网络连接。';
      case 'unreachable':
        return '无法连接到服务器。';
      case 'not-ready':
        return '模型仍在加载。';
      case 'busy':
        return '服务器正忙于其他对话。';
      case 'signed-out':
        return '您已退出登录。';
      case 'forbidden':
        return '您的密钥不允许此操作。';
      case 'not-found':
        return '此内容已不存在。';
      case 'too-long':
        return '消息对模型来说太长。请缩短消息，或选择其他上下文截取方式。';
      case 'reply-running':
        return '此对话中正在生成另一条回复。请等待其结束，或停止它。';
      case 'changed':
        return '此内容已在别处更改，请先重新查看。';
      case 'connection-lost':
        return '服务器应答前连接中断。重新发送前，请先查看消息是否已存在。';
      case 'refused':
        return failure.message ?? '服务器出现错误。';
    }
  },
  retryIn: (seconds) => `${seconds} 秒后重试。`,
};
