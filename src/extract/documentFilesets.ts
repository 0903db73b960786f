import { type Finding, finding } from '../findings.js';
import type { Annotation, Fileset, ObjectRef, OmeRecord, OriginalFile } from '../ome/model.js';
import type { ContainerSet, Containers } from './containers.js';
import { documentIdentity } from './identity.js';
import { transferFileNames } from './packRules.js';
import { type DocumentFile, mimetypeOf, type SourceDocument } from './sourceDocument.js';

/** The files of a document's images, as OMERO keeps them: a Fileset with its OriginalFiles. */
export interface DocumentFilesets {
  /** The fileset of an image and its index in it. */
  image(
    ref: ObjectRef,
    set: ContainerSet,
    containers: Containers,
  ): { readonly fileset?: ObjectRef; readonly series?: number };
  /** A file that the metadata names. */
  file(fileName: string): void;
  /** An annotation in which omero-cli-transfer keeps the server's paths of images; only the names of files are taken. */
  transfer(annotation: Annotation, images: readonly ObjectRef[]): void;
  records(containers: Containers, onFinding: (f: Finding) => void): Promise<readonly OmeRecord[]>;
}

/** No files yet. */
export function documentFilesets(document: SourceDocument): DocumentFilesets {
  const fileset = document.identify('Fileset:0', 'Fileset') as `Fileset:${string}`;
  const named = new Set<string>();
  const packed = new Map<ObjectRef, Set<string>>();
  const imageSets = new Map<ObjectRef, ContainerSet>();
  let all: ContainerSet | undefined;
  let images = 0;

  return {
    image(ref, set, containers) {
      all = all === undefined ? set : containers.union(all, set);
      images += 1;
      if (!document.pack) return { fileset, series: images - 1 };
      imageSets.set(ref, set);
      return {};
    },
    file: (fileName) => void named.add(fileName),
    transfer(annotation, on) {
      const names = transferFileNames(
        annotation.namespace ?? '',
        'value' in annotation ? String(annotation.value) : '',
      );
      for (const image of on) {
        packed.set(image, new Set([...(packed.get(image) ?? []), ...names]));
      }
    },
    async records(containers, onFinding) {
      if (all === undefined) return [];
      return document.pack ? packRecords() : fileRecords(all);

      function packRecords(): OmeRecord[] {
        return [...packed].flatMap(([image, names]) => {
          const set = imageSets.get(image);
          if (set === undefined || names.size === 0) return [];
          const local = image.replace(':', '-');
          const files = [...names].map((name): DocumentFile => ({ path: name, name, mimetype: mimetypeOf(name) }));
          const ref = (name: string): ObjectRef => document.identify(`OriginalFile:${local}/${name}`, 'OriginalFile');
          return recordsOf(
            document.identify(`Fileset:${local}`, 'Fileset'),
            files.map((f) => [ref(f.name), f]),
            [image],
            set,
          );
        });
      }

      async function fileRecords(set: ContainerSet): Promise<OmeRecord[]> {
        const files = new Map(document.files.map((file) => [file.path, file]));
        const missing: string[] = [];
        for (const name of named) {
          const file = await document.locate(name);
          if (file !== undefined) files.set(file.path, file);
          else missing.push(name);
        }
        // A lone file that was renamed still names itself as it was called before.
        if (missing.length > 0 && named.size > 1) {
          onFinding(finding('file-missing', document.label, { detail: missing[0], count: missing.length }));
        }
        const rows = [...files.values()].map(
          (file) => [documentIdentity(file.path)('OriginalFile:0', 'OriginalFile'), file] as const,
        );
        return recordsOf(fileset, rows, [], set);
      }

      function recordsOf(
        ref: ObjectRef,
        files: readonly (readonly [ObjectRef, DocumentFile])[],
        parts: readonly ObjectRef[],
        set: ContainerSet,
      ): OmeRecord[] {
        const record = (object: Fileset | OriginalFile, content: readonly ObjectRef[]): OmeRecord => ({
          kind: 'object',
          object,
          parents: [],
          parts: content,
          annotations: [],
          containers: containers.refs(set),
        });
        return [
          record(
            { type: 'Fileset', ref: ref as `Fileset:${string}`, originalFiles: files.map(([file]) => file) },
            parts,
          ),
          ...files.map(([file, known]) =>
            record({ type: 'OriginalFile', ref: file as `OriginalFile:${string}`, ...known }, []),
          ),
        ];
      }
    },
  };
}
