import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallClock, webDate } from '../../../src/extract/web/wallClock.js';

const at = (iso: string): number => new Date(iso).getTime();

describe('The wall clock of a zone', () => {
  it.each([
    ['2023-01-01T00:00:00Z', 'UTC', '2023-01-01T00:00:00'],
    ['2023-01-01T00:00:00.5Z', 'UTC', '2023-01-01T00:00:00.500'],
    ['2023-01-01T00:00:00Z', 'Europe/Berlin', '2023-01-01T01:00:00'],
    ['2023-07-01T00:00:00Z', 'Europe/London', '2023-07-01T01:00:00'],
    ['2023-03-26T00:59:59Z', 'Europe/London', '2023-03-26T00:59:59'],
    ['2023-03-26T01:00:00Z', 'Europe/London', '2023-03-26T02:00:00'],
    ['2023-12-31T23:30:00Z', 'Asia/Kathmandu', '2024-01-01T05:15:00'],
    ['2023-01-01T00:10:00Z', 'America/St_Johns', '2022-12-31T20:40:00'],
    ['1969-12-31T23:59:59Z', 'Europe/Berlin', '1970-01-01T00:59:59'],
    ['0033-04-03T12:00:00Z', 'UTC', '0033-04-03T12:00:00'],
  ])('shows %s in %s as %s', (moment, zone, clock) => expect(wallClock(at(moment), zone)).toBe(clock));

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [8.64e15], [-8.64e15]])('shows nothing for %s', (milliseconds) => {
    expect(wallClock(milliseconds, 'Europe/Berlin')).toBeUndefined();
    expect(wallClock(milliseconds, 'UTC')).toBeUndefined();
  });

  it('is that of the system for any moment and zone', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'];
    const moments = fc.integer({ min: at('1970-01-01T00:00:00Z') / 1000, max: at('2100-01-01T00:00:00Z') / 1000 });
    fc.assert(
      fc.property(moments, fc.constantFrom(...zones), (seconds, timeZone) => {
        const system = new Date(seconds * 1000).toLocaleString('sv-SE', { timeZone });
        expect(wallClock(seconds * 1000, timeZone)).toBe(system.replace(' ', 'T'));
      }),
    );
  });

  it('is not to be had of a zone that does not exist', () => {
    expect(() => wallClock(0, 'Europe/Atlantis')).toThrow(/no such time zone \("Europe\/Atlantis"\)/);
  });
});

describe('A date of the web client', () => {
  it.each([
    ['2023-11-14T22:30:01+00:00', '2023-11-14T22:30:01Z'],
    ['2023-07-01T12:00:00+01:00', '2023-07-01T11:00:00Z'],
    ['2023-07-01T00:30:00.250+05:30', '2023-06-30T19:00:00.250Z'],
    // OMERO.web 5.6 to 5.10 wrote a Z behind local times.
    ['2023-11-14T22:30:01Z', '2023-11-14T22:30:01'],
    ['2023-11-14T22:30:01', '2023-11-14T22:30:01'],
    ['2023-02-30T00:00:00+00:00', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%s is %s', (text, date) => expect(webDate(text)).toBe(date));
});
