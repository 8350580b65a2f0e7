const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number of bytes in the unit that leaves up to three digits before the point, in powers of 1000; at least in kilobytes. */
export function amountOfBytes(bytes: number, locale: string): string {
  const power = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 1), UNITS.length);
  const unit = UNITS[power - 1] ?? 'kilobyte';
  const options: Intl.NumberFormatOptions = { style: 'unit', unit, unitDisplay: 'short', maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** power);
}
