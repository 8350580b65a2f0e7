import { amountOfBytes } from '../../operator/bytes';
import type { Messages } from '../en';

const numbers = new Intl.NumberFormat('zh-Hans');
const percents = new Intl.NumberFormat('zh-Hans', { style: 'percent', maximumFractionDigits: 0 });
const rates = new Intl.NumberFormat('zh-Hans', { maximumFractionDigits: 1 });
const times = new Intl.DateTimeFormat('zh-Hans', { timeStyle: 'medium' });
const dates = new Intl.DateTimeFormat('zh-Hans', { dateStyle: 'medium', timeStyle: 'short' });

export const operator: Messages['operator'] = {
  title: '服务器',
  workers: '工作进程',
  noWorkers: '没有工作进程向此服务器报告。',
  columns: ['模型', '状态', '运行中', '等待中', '缓存命中', '缓存词元', '内存保留', '磁盘保留'],
  lastMinutes: '最近五分钟',
  running: '运行中',
  waiting: '等待中',
  tokenRate: '每秒词元',
  hitRate: '缓存命中',
  heap: 'Java 堆内存',
  nothing: '–',

  chart: (name, range) =>
    range === null ? `${name}，最近五分钟：暂无数据` : `${name}，最近五分钟：介于 ${range.least} 与 ${range.most} 之间`,
  server: (version, uptimeSeconds) => `${version === null ? 'Corral' : `Corral ${version}`}，已运行 ${duration(uptimeSeconds)}`,
  kind: (kind, startedAt) => {
    const where = kind === 'embedded' ? '在服务器内' : kind === 'process' ? '独立进程' : '在其他机器上';
    return `${where}，始于 ${dates.format(new Date(startedAt))}`;
  },
  restarts: (times) => `已重新启动 ${numbers.format(times)} 次`,
  drain: '排空',
  drainOf: (worker) => `排空 ${worker}`,
  drainHint: '不再接收新请求，正在生成的回复会继续。',
  undrain: '恢复',
  undrainOf: (worker) => `恢复 ${worker}`,
  undrainHint: '重新接收请求。',
  state: (state) => {
    switch (state) {
      case 'ready':
        return '就绪';
      case 'loading':
        return '加载中';
      case 'failed':
        return '失败';
      case 'draining':
        return '正在排空';
      case 'unreachable':
        return '无法连接';
    }
  },
  ofSequences: (running, sequences) =>
    sequences === null ? numbers.format(running) : `${numbers.format(running)} / ${numbers.format(sequences)}`,
  ofPlaces: (places) => `/ ${numbers.format(places)}`,
  ofBytes: (bytes) => `/ ${amountOfBytes(bytes, 'zh-Hans')}`,
  number: (value) => numbers.format(value),
  percent: (part) => percents.format(part),
  rate: (perSecond) => rates.format(perSecond),
  bytes: (bytes) => amountOfBytes(bytes, 'zh-Hans'),
  asOf: (time) => `数据截至 ${times.format(time)}。`,
  failures: {
    forbidden: '只有管理员可以查看服务器状态。请使用管理员密钥登录。',
    'not-found': '此服务器不提供状态信息，其版本可能早于本页面。',
    unreachable: '无法连接到服务器，页面会继续尝试。',
  },
};

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) {
    return `${days} 天 ${hours % 24} 小时`;
  }
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分钟` : minutes > 0 ? `${minutes} 分钟` : `${Math.floor(seconds)} 秒`;
}
