import { asArray, asObject, type Json, type JsonObject } from '../json.js';
import { type DecodeContext, tell } from './decodeContext.js';

/** Whether JSON says nothing here; OMERO leaves a key out where there is no value. */
export const isAbsent = (value: Json | undefined): value is null | undefined => value === undefined || value === null;

/** An encoded part; anything else in its place is a finding. */
export function part(
  value: Json | undefined,
  ref: string,
  name: string,
  context: DecodeContext,
): JsonObject | undefined {
  const object = asObject(value);
  if (object === undefined && !isAbsent(value)) tell(context, 'ome-value-invalid', ref, name, value);
  return object;
}

/** The encoded parts in a list; anything else is a finding. */
export function parts(value: Json | undefined, ref: string, name: string, context: DecodeContext): JsonObject[] {
  const list = asArray(value);
  if (list === undefined && !isAbsent(value)) tell(context, 'ome-value-invalid', ref, name, value);
  return (list ?? []).flatMap((entry): JsonObject[] => {
    const object = part(entry, ref, name, context);
    if (object === undefined && entry === null) tell(context, 'ome-value-invalid', ref, name, entry);
    return object === undefined ? [] : [object];
  });
}
