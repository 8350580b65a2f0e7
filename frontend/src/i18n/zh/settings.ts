import type { Model } from '../../api/types';
import type { Parameter, Typed } from '../../settings/parameters';
import type { Messages } from '../en';

const number = new Intl.NumberFormat('zh');
const short = new Intl.NumberFormat('zh', { notation: 'compact', maximumSignificantDigits: 3 });
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];

export const settings: Messages['settings'] = {
  title: '设置',
  panel: '设置',
  open: '此对话的设置',
  lead: '以下设置用于此对话，从下一次回复起生效。',
  leadFresh: '以下设置用于即将开始的对话。',
  all: '此浏览器的全部设置',

  model: '模型',
  notServed: '已不再提供',
  parameterCount: (count: number): string => `${short.format(count)}参数`,
  bytes: (bytes: number): string => {
    const power = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return `${Number((bytes / 1000 ** power).toPrecision(3))} ${BYTES[power] ?? ''}`;
  },
  contextWindow: (tokens: number, trained: number | null): string =>
    `窗口 ${number.format(tokens)} 个词元${trained === null || trained === tokens ? '' : `（训练时 ${number.format(trained)}）`}`,
  license: (license: string): string => `许可证 ${license}`,
  modelState: (model: Model): string => {
    switch (model.state) {
      case 'ready':
        return '就绪';
      case 'loading':
        return model.progress == null ? '正在加载' : `正在加载，${Math.floor(model.progress * 100)}%`;
      case 'failed':
        return '加载失败';
    }
  },

  system: '系统提示词',
  systemKinds: { model: '模型自带', none: '无', own: '自定义' },
  systemAbout: {
    model: '使用模型自带的系统提示词（如果有）。',
    none: '对话之前不告诉模型任何内容。',
    own: '每次回复时，模型都会最先读到这段文字。',
  },
  systemPlaceholder: '你是一个乐于助人的助手。',
  takePreset: '选用预设……',
  presets: [
    { name: '简洁', text: '用尽可能少的文字回答。不要开场白，不要重复，也不要主动提出更多帮助。' },
    { name: '老师', text: '你是一位耐心的老师。请用浅显的语言逐步讲解，为每个概念举一个小例子，最后提一个问题检验是否听懂。' },
    { name: '翻译', text: '把用户所写的内容翻译成中文；如果原文是中文，则翻译成英文。保留含义、语气和格式，只回复译文。' },
    { name: '代码审查', text: '你负责审查源代码。先指出错误，再指出风险，最后指出可以简化之处，并给出所在行和修改后的代码。没有问题就直说。' },
    { name: '编辑', text: '润色用户的文字：改正错误，缩短句子，保留作者的风格。先给出修改后的文字，再列出最重要的改动。' },
  ],
  presetName: '预设名称',
  savePreset: '存为预设',
  presetSaved: (name: string): string => `“${name}”已保存在此浏览器中。`,
  presetDeleted: (name: string): string => `已删除“${name}”。`,
  presetTaken: '已有同名的预设。',
  presetText: (name: string): string => `“${name}”的内容`,
  presetsTitle: '我的系统提示词',
  noPresets: '尚未保存任何预设。',
  newPreset: '新预设的内容',

  serverDefault: '服务器默认',
  replies: '回复',
  resetAll: '全部重置',
  reset: (name: string): string => `重置：${name}`,
  slider: (name: string): string => `${name}，滑块`,
  usual: (value: string): string => `默认：${value}`,
  wrongNumber: (kind: Exclude<Typed['kind'], 'empty' | 'number'>, { min, max }: Parameter): string => {
    switch (kind) {
      case 'no-number':
        return '请输入数字，留空则使用默认值。';
      case 'not-whole':
        return '请输入整数。';
      case 'out-of-range':
        return `必须在 ${number.format(min)} 和 ${number.format(max)} 之间。`;
    }
  },
  parameters: {
    temperature: { name: '温度', about: '用词的大胆程度：0 总是选最可能的词，2 则几乎什么都可能出现。', usual: '1' },
    max_tokens: {
      name: '回复的最大长度（词元）',
      about: '回复超过此长度会被截断。窗口中会为其预留相应空间，最多占一半。',
      usual: '不限',
    },
    top_p: { name: 'Top P', about: '只在累计概率达到此值的最可能词元中选择。1 表示不限制。', usual: '1' },
    top_k: { name: 'Top K', about: '只在最可能的若干个词元中选择。0 表示不限制。', usual: '0' },
    min_p: { name: 'Min P', about: '排除概率低于最可能词元的这一比例的词元。0 表示不限制。', usual: '0' },
    presence_penalty: {
      name: '存在惩罚',
      about: '大于 0 时，降低已出现过的词元的概率（不计次数），更容易转到新话题。',
      usual: '0',
    },
    frequency_penalty: {
      name: '频率惩罚',
      about: '大于 0 时，词元每出现一次概率就降低一些，减少原样重复的语句。',
      usual: '0',
    },
    repetition_penalty: {
      name: '重复惩罚',
      about: '用此值除已出现词元的得分。1 表示关闭；1.1 对容易重复的模型有帮助。',
      usual: '1',
    },
    seed: { name: '随机种子', about: '使用相同的整数，相同的对话会得到相同的回复。', usual: '随机' },
  },
  stop: {
    name: '停止序列',
    about: '回复会在出现其中任何一段文字之前结束。换行写作 \\n。',
    placeholder: '文字',
  },
  stopFull: (count: number): string => `已有 ${count} 个，达到上限`,
  stopTooLong: (characters: number): string => `最多 ${characters} 个字符。`,
  add: '添加',
  remove: (what: string): string => `移除：${what}`,

  useAsDefaults: '用于新对话',
  defaultsSaved: '此浏览器中的新对话将使用这些设置。',
  defaults: '新对话',
  defaultsAbout: '在此浏览器中开始的对话使用以下设置，已有的对话不受影响。',

  appearance: '外观',
  theme: '配色',
  themes: { system: '跟随系统', light: '浅色', dark: '深色' },
  language: '语言',

  localData: '此浏览器中的数据',
  localDataAbout: '此浏览器保存草稿、默认设置、系统提示词预设和外观设置。对话保存在服务器上，不受影响。',
  clear: '清除此浏览器中的数据',
  clearSure: '此操作无法撤销。',
  cleared: '此浏览器不再保存本页面的任何数据。',
  version: (version: string): string => `Corral ${version}`,
};
