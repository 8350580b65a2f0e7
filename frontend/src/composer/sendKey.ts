/** While an input method composes a character, browsers report this instead of the key. */
const COMPOSING_KEY_CODE = 229;

/** Whether the key sends the message: Enter alone, and not the Enter that picks a word of an input method. */
export function isSendKey(event: KeyboardEvent): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari ends the composition before the key arrives, so only the old property tells
  const composing = event.isComposing || event.keyCode === COMPOSING_KEY_CODE;
  return event.key === 'Enter' && !event.shiftKey && !composing;
}
