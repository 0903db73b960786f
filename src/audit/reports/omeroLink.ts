/** Types that OMERO.web's main page shows (`webclient/?show=`, omero-web `webclient/show.py`). */
const SHOWN = /^(Project|Dataset|Image|Screen|Plate|Well|Acquisition|Run):(\d+)$/;

/** Address in OMERO.web that opens an object (`Image:1461`), where the web address is known and the type is shown there. */
export function omeroLink(web: string | undefined, ref: string): string | undefined {
  const [, type, id] = SHOWN.exec(ref) ?? [];
  if (web === undefined || type === undefined || !/^https?:\/\//i.test(web)) return undefined;
  return `${web.replace(/\/+$/, '')}/webclient/?show=${type.toLowerCase()}-${id}`;
}
