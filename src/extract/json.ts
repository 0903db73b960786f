/** A JSON value of foreign metadata. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** The value when it is an object, else nothing. */
export const asObject = (value: Json | undefined): JsonObject | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
/** The value when it is an array, else nothing. */
export const asArray = (value: Json | undefined): readonly Json[] | undefined =>
  Array.isArray(value) ? value : undefined;
/** The value when it is a text, else nothing. */
export const asText = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
/** The value when it is a finite number, else nothing. */
export const asNumber = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;
