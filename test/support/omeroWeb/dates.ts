import type { OmeroWebOptions } from './serverOptions.js';

/** Epoch milliseconds to the text of the web client's date, by the version's way. */
export type DateText = (millis: number) => string;

const HOUR = 3_600_000;

/** `2023-11-14T22:13:20+00:00` in the zone of the web server; naive before 5.11; with a wrong `Z` in 5.6 to 5.10. */
export function dateTextFor(options: OmeroWebOptions): DateText {
  const zone = options.timeZone ?? 'Europe/London';
  const style = options.dates ?? 'offset';
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsets = new Map<number, number>();
  const minutesAt = (millis: number): number => {
    const hour = Math.floor(millis / HOUR);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const name = parts.formatToParts(millis).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])?(\d+)?(?::(\d+))?/.exec(name) ?? [];
    const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
    offsets.set(hour, offset);
    return offset;
  };
  return (millis) => {
    const offset = minutesAt(millis);
    const local = new Date(Math.floor(millis / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19);
    if (style !== 'offset') return style === 'naive' ? local : `${local}Z`;
    const size = Math.abs(offset);
    const pad = (part: number): string => String(part).padStart(2, '0');
    return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
  };
}
