import { OmegraphError } from '../../errors.js';
import { dateTimeOf } from '../../ome/reader/values.js';

/** What a clock on the wall of a zone is ahead of UTC, in milliseconds, at a moment. */
type Offset = (milliseconds: number) => number;

/** Zones change their offset at whole quarters of an hour. */
const QUARTER = 15 * 60 * 1000;
const REMEMBERED = 10_000;
const offsets = new Map<string, Offset>();

function offsetOf(timeZone: string): Offset {
  const known = offsets.get(timeZone);
  if (known !== undefined) return known;
  const made = timeZone === 'UTC' ? () => 0 : measured(timeZone);
  offsets.set(timeZone, made);
  return made;
}

function measured(timeZone: string): Offset {
  const format = clockOf(timeZone);
  const quarters = new Map<number, number>();
  return (milliseconds) => {
    const quarter = Math.floor(milliseconds / QUARTER);
    const known = quarters.get(quarter);
    if (known !== undefined) return known;
    const at = quarter * QUARTER;
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const wall = new Date(0);
    wall.setUTCFullYear(part.year ?? 0, (part.month ?? 1) - 1, part.day);
    wall.setUTCHours(part.hour ?? 0, part.minute, part.second);
    if (quarters.size >= REMEMBERED) quarters.clear();
    quarters.set(quarter, wall.getTime() - at);
    return wall.getTime() - at;
  };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  try {
    const two = '2-digit';
    return new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: two, day: two, hour: two, minute: two, second: two },
    });
  } catch (cause) {
    throw new OmegraphError(
      'config',
      {
        where: 'omero.timeZone',
        wrong: 'there is no such time zone',
        found: timeZone,
        remedy: 'write an IANA name such as Europe/Berlin',
      },
      { cause },
    );
  }
}

/** The years that have four digits. */
const FIRST = Date.parse('0001-01-02T00:00:00Z');
const LAST = Date.parse('9999-12-30T23:59:59Z');

/**
 * Milliseconds since 1970 as the wall clock of a zone, `2023-01-01T00:00:00`, without a zone: OMERO's database keeps times
 * of instruments without one. Undefined outside the years 1 to 9999.
 * @throws OmegraphError `config` when there is no such zone
 */
export function wallClock(milliseconds: number, timeZone: string): string | undefined {
  if (!(milliseconds >= FIRST && milliseconds <= LAST)) return undefined;
  return new Date(milliseconds + offsetOf(timeZone)(milliseconds)).toISOString().replace(/(?:\.000)?Z$/, '');
}

/**
 * A date of `/webclient/api/`: one with an offset in UTC with `Z`; one without an offset, or with the literal `Z` that
 * OMERO.web 5.6 to 5.10 puts behind local times, without a zone. Undefined when it is no date.
 */
export function webDate(text: string): string | undefined {
  const date = dateTimeOf(text);
  if (date === undefined) return undefined;
  if (date.endsWith('+00:00')) return `${date.slice(0, -6)}Z`;
  if (!/[+-]\d\d:\d\d$/.test(date)) return date.replace(/Z$/, '');
  const moment = new Date(date);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString().replace(/\.000Z$/, 'Z');
}
