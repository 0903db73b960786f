/**
 * A copy of a text that stands on its own. The parser's texts are slices of the chunk they were read in, and one short slice that is
 * kept keeps the whole chunk: whatever outlives the batch must be copied (measured: 189 MB → 91 MB for a file of 116 MB).
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
