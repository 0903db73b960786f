import type { PlaneSummary, Quantity } from '../model.js';
import { unitOf } from '../units.js';
import { floatOf } from './values.js';

/** Seconds in the units of time that are not decimal scales. */
const SECONDS: Readonly<Record<string, number>> = { min: 60, h: 3600, d: 86400 };
const EXPONENTS: Readonly<Record<string, number>> = {
  ...{ Y: 24, Z: 21, E: 18, P: 15, T: 12, G: 9, M: 6, k: 3, h: 2, da: 1, '': 0 },
  ...{ d: -1, c: -2, m: -3, µ: -6, n: -9, p: -12, f: -15, a: -18, z: -21, y: -24 },
};

function inUnit(value: number, from: string, to: string): number {
  if (from === to) return value;
  const fromSeconds = SECONDS[from];
  const toSeconds = SECONDS[to];
  if (fromSeconds === undefined && toSeconds === undefined) {
    const power = (EXPONENTS[from.slice(0, -1)] ?? 0) - (EXPONENTS[to.slice(0, -1)] ?? 0);
    // A division by a power of ten is exact where its inverse is not a binary fraction.
    return power < 0 ? value / 10 ** -power : value * 10 ** power;
  }
  const seconds = fromSeconds === undefined ? inUnit(value, from, 's') : value * fromSeconds;
  return toSeconds === undefined ? inUnit(seconds, 's', to) : seconds / toSeconds;
}

/** Sums up Plane elements one after the other, so that none is kept. */
export interface PlaneCounter {
  /** Attributes of a Plane (`ExposureTime`, `DeltaT`, `PositionX`, …); `onInvalid` is told of values that are not numbers. */
  add(attributes: Readonly<Record<string, string>>, onInvalid: (name: string, found: string) => void): void;
  /** Counts a plane whose attributes come (also) from elements inside it, as before 2009-09. */
  count(): void;
  summary(): PlaneSummary;
}

export function planeCounter(): PlaneCounter {
  let count = 0;
  let unit: string | undefined;
  let deltaUnit: string | undefined;
  let min: number | undefined;
  let max: number | undefined;
  let deltaMax: number | undefined;
  const position: { X?: Quantity; Y?: Quantity; Z?: Quantity } = {};
  const time = (as: string | undefined): string | undefined => {
    if (as === undefined || as === 's') return 's';
    const known = unitOf(as);
    return known?.dimension === 'Time' ? known.symbol : undefined;
  };
  return {
    add(attributes, onInvalid) {
      const exposure = attributes.ExposureTime;
      if (exposure !== undefined) {
        const value = floatOf(exposure);
        const symbol = time(attributes.ExposureTimeUnit);
        if (value === undefined || symbol === undefined) {
          onInvalid('ExposureTime', symbol === undefined ? `${exposure} ${attributes.ExposureTimeUnit}` : exposure);
        } else {
          unit ??= symbol;
          const same = inUnit(value, symbol, unit);
          if (min === undefined || same < min) min = same;
          if (max === undefined || same > max) max = same;
        }
      }
      const delta = attributes.DeltaT;
      if (delta !== undefined) {
        const value = floatOf(delta);
        const symbol = time(attributes.DeltaTUnit);
        if (value === undefined || symbol === undefined) {
          onInvalid('DeltaT', symbol === undefined ? `${delta} ${attributes.DeltaTUnit}` : delta);
        } else {
          deltaUnit ??= symbol;
          const same = inUnit(value, symbol, deltaUnit);
          if (deltaMax === undefined || same > deltaMax) deltaMax = same;
        }
      }
      if (position.X === undefined || position.Y === undefined || position.Z === undefined) {
        for (const axis of ['X', 'Y', 'Z'] as const) {
          const raw = attributes[`Position${axis}`];
          if (raw === undefined || position[axis] !== undefined) continue;
          const value = floatOf(raw);
          const symbol = unitOf(attributes[`Position${axis}Unit`] ?? 'reference frame');
          if (value === undefined) onInvalid(`Position${axis}`, raw);
          else if (symbol?.dimension !== 'Length')
            onInvalid(`Position${axis}`, `${raw} ${attributes[`Position${axis}Unit`]}`);
          else position[axis] = { value, unit: symbol.symbol };
        }
      }
    },
    count() {
      count += 1;
    },
    summary() {
      const quantity = (value: number | undefined, as: string | undefined): Quantity | undefined =>
        value === undefined ? undefined : { value, unit: as ?? 's' };
      const all: PlaneSummary = {
        count,
        exposureTimeMin: quantity(min, unit),
        exposureTimeMax: quantity(max, unit),
        deltaTMax: quantity(deltaMax, deltaUnit),
        positionX: position.X,
        positionY: position.Y,
        positionZ: position.Z,
      };
      return Object.fromEntries(
        Object.entries(all).filter(([, value]) => value !== undefined),
      ) as unknown as PlaneSummary;
    },
  };
}
