import { property } from '../api/json';
import { WINDOW_POLICIES, type ConversationSettings, type WindowPolicy } from '../api/types';
import { PARAMETERS } from '../settings/parameters';
import { isStopSequence, MAX_STOP_SEQUENCES } from '../settings/stopSequences';
import { Kept } from './Kept';

/** What conversations that this browser begins are made with. */
export const replyDefaults = new Kept('corral.defaults', parse);

/** Takes over what is in its range; the rest is left to the server. */
function parse(kept: unknown): ConversationSettings {
  const model = property(kept, 'model');
  const system = property(kept, 'system');
  const window = property(kept, 'window');
  const stop = property(kept, 'stop');
  const settings: Record<string, unknown> = {};
  if (typeof model === 'string' && model !== '') {
    settings.model = model;
  }
  if (typeof system === 'string') {
    settings.system = system;
  }
  if (WINDOW_POLICIES.includes(window as WindowPolicy)) {
    settings.window = window;
  }
  if (Array.isArray(stop) && stop.length > 0 && stop.length <= MAX_STOP_SEQUENCES && stop.every(isStopSequence)) {
    settings.stop = stop;
  }
  for (const { name, ...range } of PARAMETERS) {
    const value = property(kept, name);
    if (typeof value === 'number' && range.min <= value && value <= range.max) {
      settings[name] = value;
    }
  }
  return settings;
}
