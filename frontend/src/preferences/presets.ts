import { arrayOrEmpty, property, stringOrNull } from '../api/json';
import { Kept } from './Kept';

/** A system prompt that the reader has saved under a name. */
export interface Preset {
  readonly name: string;
  readonly text: string;
}

export const MAX_PRESETS = 100;
export const MAX_PRESET_NAME = 80;

/** The reader's own presets, in the order of their names. */
export const presets = new Kept('corral.presets', parse);

/** Saves a preset, in place of one of the same name. */
export function savePreset(preset: Preset): void {
  const others = presets.get().filter(({ name }) => name !== preset.name);
  presets.set(sorted([preset, ...others].slice(0, MAX_PRESETS)));
}

/** Gives a preset another name, or text; the name may not be another one's. */
export function changePreset(name: string, changed: Preset): void {
  const others = presets.get().filter((each) => each.name !== name && each.name !== changed.name);
  presets.set(sorted([changed, ...others]));
}

export function deletePreset(name: string): void {
  presets.set(presets.get().filter((each) => each.name !== name));
}

function sorted(some: readonly Preset[]): readonly Preset[] {
  return [...some].sort((one, other) => one.name.localeCompare(other.name));
}

function parse(kept: unknown): readonly Preset[] {
  const read = arrayOrEmpty(kept).flatMap((each) => {
    const name = stringOrNull(property(each, 'name'));
    const text = stringOrNull(property(each, 'text'));
    return name === null || text === null || name === '' ? [] : [{ name: name.slice(0, MAX_PRESET_NAME), text }];
  });
  return sorted([...new Map(read.map((each) => [each.name, each])).values()].slice(0, MAX_PRESETS));
}
