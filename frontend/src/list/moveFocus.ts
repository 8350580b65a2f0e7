/** Moves the focus between the rows of a list as a key says; false for keys that do not. */
export function moveFocus(list: HTMLElement, key: string): boolean {
  const focused = document.activeElement;
  if (focused instanceof HTMLInputElement) {
    return false;
  }
  const rows = Array.from(list.querySelectorAll<HTMLElement>('.row-link'));
  // The button beside a row moves from that row.
  const at = rows.findIndex((row) => row === focused || row.parentElement?.contains(focused) === true);
  const row = {
    ArrowDown: rows[at + 1],
    ArrowUp: rows[Math.max(0, at - 1)],
    Home: rows[0],
    End: rows.at(-1),
  }[key];
  row?.focus();
  return row !== undefined;
}

/** The row that takes the focus when another one goes. */
export function rowBeside(link: HTMLElement): HTMLElement | null {
  const rows = Array.from(document.querySelectorAll<HTMLElement>('.list .row-link'));
  const at = rows.indexOf(link);
  return rows[at + 1] ?? rows[at - 1] ?? null;
}
